export type Home = 'office' | 'collector' | 'technician'

export type Role = {
  id: string
  name: string
  preset: string | null
  is_owner: boolean
  home: Home
  permissions: Array<string>
}

export type Member = {
  id: string
  full_name: string
  phone: string | null
  role_id: string
  role_name: string
  home: Home
  is_owner: boolean
  status: 'active' | 'revoked'
  joined_at: string
  revoked_at: string | null
}

export type OpenInvitation = {
  id: string
  full_name: string
  email: string | null
  role_name: string
  expires_at: string
  state: 'open' | 'expired'
}

export type Permission = { name: string; category: string; label: string }
