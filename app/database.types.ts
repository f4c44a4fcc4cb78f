// Generated from schema api by `npm run types`. Never edited.
export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[]

export type Database = {
  
  "api": {
          Tables: {
            [_ in never]: never
          }
          Views: {
            "pauses": {
                  Row: {
                    "fee_minor": number,"from_on": string,"id": string,"kind": string,"reason": string | null,"subscription_id": string,"tenant_id": string,"until_on": string | null
                  }
                  ComputedFields: never
                  Relationships: [
                    
                  ]
                },"subscription_changes": {
                  Row: {
                    "answer": Json,"id": string,"kind": string,"made_at": string,"made_by_name": string | null,"on_day": string,"reason": string | null,"subscription_id": string,"tenant_id": string
                  }
                  ComputedFields: never
                  Relationships: [
                    
                  ]
                },"subscription_terms": {
                  Row: {
                    "from_on": string,"id": string,"is_special": boolean,"plan_id": string,"plan_name": string,"price_minor": number,"subscription_id": string,"tenant_id": string,"until_on": string | null
                  }
                  ComputedFields: never
                  Relationships: [
                    
                  ]
                },"dunning": {
                  Row: {
                    "account_no": string,"collector_id": string | null,"days_past_due": number,"due_on": string,"grace_days": number,"id": string,"invoice_id": string,"is_cut": boolean,"next_on": string | null,"next_stage": string | null,"number": string,"open_minor": number,"promised_on": string | null,"route_id": string | null,"route_name": string | null,"since_on": string | null,"stage": string | null,"subscriber_id": string,"subscriber_name": string,"tenant_id": string,"waits_for": string | null
                  }
                  ComputedFields: never
                  Relationships: [
                    
                  ]
                },"dunning_rounds": {
                  Row: {
                    "cut_count": number,"day": string,"fee_count": number,"finished_at": string | null,"heartbeat_at": string,"id": string,"is_late": boolean | null,"last_error": string | null,"reconnect_count": number,"seen_count": number,"stage_count": number,"started_at": string,"state": string,"tenant_id": string
                  }
                  ComputedFields: never
                  Relationships: [
                    
                  ]
                },"dunning_stages": {
                  Row: {
                    "created_at": string,"id": string,"invoice_id": string,"number": string | null,"open_minor": number,"reached_on": string,"stage": string,"subscriber_id": string,"tenant_id": string
                  }
                  ComputedFields: never
                  Relationships: [
                    
                  ]
                },"late_fees": {
                  Row: {
                    "account_no": string | null,"amount_minor": number,"base_minor": number,"charge_id": string,"created_at": string,"id": string,"invoice_id": string,"number": string | null,"stage": string,"state": string | null,"subscriber_id": string,"subscriber_name": string | null,"tenant_id": string,"waive_reason": string | null,"waived_at": string | null,"waived_by_name": string | null
                  }
                  ComputedFields: never
                  Relationships: [
                    
                  ]
                },"promises": {
                  Row: {
                    "account_no": string | null,"amount_minor": number | null,"decided_at": string | null,"id": string,"made_at": string,"note": string | null,"promised_on": string,"state": string,"subscriber_id": string,"subscriber_name": string | null,"taken_by_name": string | null,"tenant_id": string
                  }
                  ComputedFields: never
                  Relationships: [
                    
                  ]
                },"audit_entries": {
                  Row: {
                    "actor": string,"actor_id": string | null,"actor_name": string | null,"address": string | null,"after": Json | null,"before": Json | null,"id": string,"operation": string,"recorded_at": string,"request_id": string | null,"row_id": string,"source": string,"table_name": string,"tenant_id": string
                  }
                  ComputedFields: never
                  Relationships: [
                    
                  ]
                },"barangays": {
                  Row: {
                    "id": string,"latitude": number | null,"longitude": number | null,"municipality": string,"name": string,"psgc_code": string | null,"subscriber_count": number | null,"tenant_id": string
                  }
                  ComputedFields: never
                  Insert: {
                           "id"?: string | null,"latitude"?: number | null,"longitude"?: number | null,"municipality"?: string | null,"name"?: string | null,"psgc_code"?: string | null,"subscriber_count"?: never,"tenant_id"?: string | null
                         }
                        Update: {
                           "id"?: string | null,"latitude"?: number | null,"longitude"?: number | null,"municipality"?: string | null,"name"?: string | null,"psgc_code"?: string | null,"subscriber_count"?: never,"tenant_id"?: string | null
                         }
                        Relationships: [
                    {
      foreignKeyName: "barangays_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "barangays_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["tenant_id"]
    }
                  ]
                },"billing_settings": {
                  Row: {
                    "bills_while_suspended": boolean,"collector_cash_limit_minor": number | null,"collector_unsent_hours": number,"collector_unsent_limit": number,"cut_from": string,"cut_until": string,"due_days": number,"dunning_on": string,"field_silent_hours": number,"late_fee_bp": number,"late_fee_cap_minor": number | null,"late_fee_kind": string,"late_fee_minor": number,"late_fee_stages": (string)[],"promise_days": number,"promise_times": number,"first_period_on": string,"grace_days": number,"id": string | null,"invoice_day": number,"max_lines_per_subscription": number,"no_cut_days": (string)[],"no_cut_weekdays": (number)[],"quiet_from": string,"quiet_until": string,"reminder_days": number,"suspend_days": number,"suspend_threshold_minor": number,"tenant_id": string,"uncollectible_days": number,"updated_at": string,"warning_days": number
                  }
                  ComputedFields: never
                  Insert: {
                           "bills_while_suspended"?: boolean | null,"collector_cash_limit_minor"?: number | null,"collector_unsent_hours"?: number | null,"collector_unsent_limit"?: number | null,"due_days"?: number | null,"dunning_on"?: string | null,"first_period_on"?: string | null,"grace_days"?: number | null,"id"?: string | null,"invoice_day"?: number | null,"max_lines_per_subscription"?: number | null,"no_cut_days"?: (string)[] | null,"no_cut_weekdays"?: (number)[] | null,"quiet_from"?: string | null,"quiet_until"?: string | null,"reminder_days"?: number | null,"suspend_days"?: number | null,"suspend_threshold_minor"?: number | null,"tenant_id"?: string | null,"uncollectible_days"?: number | null,"updated_at"?: string | null,"warning_days"?: number | null
                         }
                        Update: {
                           "bills_while_suspended"?: boolean | null,"collector_cash_limit_minor"?: number | null,"collector_unsent_hours"?: number | null,"collector_unsent_limit"?: number | null,"due_days"?: number | null,"dunning_on"?: string | null,"first_period_on"?: string | null,"grace_days"?: number | null,"id"?: string | null,"invoice_day"?: number | null,"max_lines_per_subscription"?: number | null,"no_cut_days"?: (string)[] | null,"no_cut_weekdays"?: (number)[] | null,"quiet_from"?: string | null,"quiet_until"?: string | null,"reminder_days"?: number | null,"suspend_days"?: number | null,"suspend_threshold_minor"?: number | null,"tenant_id"?: string | null,"uncollectible_days"?: number | null,"updated_at"?: string | null,"warning_days"?: number | null
                         }
                        Relationships: [
                    {
      foreignKeyName: "billing_settings_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: true
      referencedRelation: "tenant"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "billing_settings_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: true
      referencedRelation: "tenant"
      referencedColumns: ["tenant_id"]
    }
                  ]
                },"document_series": {
                  Row: {
                    "branch": string,"id": string,"kind": string,"next_number": number,"prefix": string,"tenant_id": string
                  }
                  ComputedFields: never
                  Insert: {
                           "branch"?: string | null,"id"?: string | null,"kind"?: string | null,"next_number"?: number | null,"prefix"?: string | null,"tenant_id"?: string | null
                         }
                        Update: {
                           "branch"?: string | null,"id"?: string | null,"kind"?: string | null,"next_number"?: number | null,"prefix"?: string | null,"tenant_id"?: string | null
                         }
                        Relationships: [
                    {
      foreignKeyName: "document_series_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "document_series_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["tenant_id"]
    }
                  ]
                },"holds": {
                  Row: {
                    "closed_at": string | null,"closed_by_name": string | null,"closed_reason": string | null,"id": string,"kind": string,"opened_at": string,"opened_by_name": string | null,"reason": string,"subscription_id": string,"tenant_id": string
                  }
                  ComputedFields: never
                  Relationships: [
                    {
      foreignKeyName: "holds_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "holds_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["tenant_id"]
    },{
      foreignKeyName: "holds_tenant_id_subscription_id_fkey"
      columns: ["tenant_id","subscription_id"]
isOneToOne: false
      referencedRelation: "service_status"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "holds_tenant_id_subscription_id_fkey"
      columns: ["tenant_id","subscription_id"]
isOneToOne: false
      referencedRelation: "subscriptions"
      referencedColumns: ["tenant_id","id"]
    }
                  ]
                },"invitations": {
                  Row: {
                    "accepted_at": string | null,"created_at": string,"email": string | null,"expires_at": string,"full_name": string,"id": string,"kind": string,"role_id": string | null,"role_name": string | null,"state": string | null,"subscriber_id": string | null,"tenant_id": string,"withdrawn_at": string | null
                  }
                  ComputedFields: never
                  Relationships: [
                    {
      foreignKeyName: "invitations_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "invitations_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["tenant_id"]
    },{
      foreignKeyName: "invitations_tenant_id_role_id_fkey"
      columns: ["tenant_id","role_id"]
isOneToOne: false
      referencedRelation: "roles"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "invitations_tenant_id_subscriber_id_fkey"
      columns: ["tenant_id","subscriber_id"]
isOneToOne: false
      referencedRelation: "subscribers"
      referencedColumns: ["tenant_id","id"]
    }
                  ]
                },"members": {
                  Row: {
                    "full_name": string,"home": string,"id": string,"is_owner": boolean,"joined_at": string,"phone": string | null,"revoked_at": string | null,"role_id": string,"role_name": string,"status": string,"tenant_id": string,"user_id": string
                  }
                  ComputedFields: never
                  Relationships: [
                    {
      foreignKeyName: "members_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "members_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["tenant_id"]
    },{
      foreignKeyName: "members_tenant_id_role_id_fkey"
      columns: ["tenant_id","role_id"]
isOneToOne: false
      referencedRelation: "roles"
      referencedColumns: ["tenant_id","id"]
    }
                  ]
                },"permissions": {
                  Row: {
                    "category": string,"label": string,"name": string,"position": number
                  }
                  ComputedFields: never
                  Insert: {
                           "category"?: string | null,"label"?: string | null,"name"?: string | null,"position"?: number | null
                         }
                        Update: {
                           "category"?: string | null,"label"?: string | null,"name"?: string | null,"position"?: number | null
                         }
                        Relationships: [
                    
                  ]
                },"plan_prices": {
                  Row: {
                    "from_on": string | null,"id": string,"plan_id": string,"price_minor": number,"tenant_id": string,"until_on": string | null
                  }
                  ComputedFields: never
                  Insert: {
                           "from_on"?: never,"id"?: string | null,"plan_id"?: string | null,"price_minor"?: number | null,"tenant_id"?: string | null,"until_on"?: never
                         }
                        Update: {
                           "from_on"?: never,"id"?: string | null,"plan_id"?: string | null,"price_minor"?: number | null,"tenant_id"?: string | null,"until_on"?: never
                         }
                        Relationships: [
                    {
      foreignKeyName: "plan_prices_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "plan_prices_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["tenant_id"]
    },{
      foreignKeyName: "plan_prices_tenant_id_plan_id_fkey"
      columns: ["tenant_id","plan_id"]
isOneToOne: false
      referencedRelation: "plans"
      referencedColumns: ["tenant_id","id"]
    }
                  ]
                },"plans": {
                  Row: {
                    "billing_mode": string,"down_mbps": number,"id": string,"is_active": boolean,"name": string,"prepaid_days": number | null,"price_minor": number | null,"subscription_count": number | null,"tenant_id": string,"up_mbps": number,"vat_class": string
                  }
                  ComputedFields: never
                  Insert: {
                           "billing_mode"?: string | null,"down_mbps"?: number | null,"id"?: string | null,"is_active"?: boolean | null,"name"?: string | null,"prepaid_days"?: number | null,"price_minor"?: never,"subscription_count"?: never,"tenant_id"?: string | null,"up_mbps"?: number | null,"vat_class"?: string | null
                         }
                        Update: {
                           "billing_mode"?: string | null,"down_mbps"?: number | null,"id"?: string | null,"is_active"?: boolean | null,"name"?: string | null,"prepaid_days"?: number | null,"price_minor"?: never,"subscription_count"?: never,"tenant_id"?: string | null,"up_mbps"?: number | null,"vat_class"?: string | null
                         }
                        Relationships: [
                    {
      foreignKeyName: "plans_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "plans_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["tenant_id"]
    }
                  ]
                },"roles": {
                  Row: {
                    "home": string,"id": string,"is_owner": boolean,"name": string,"permissions": (string)[] | null,"preset": string | null,"tenant_id": string
                  }
                  ComputedFields: never
                  Insert: {
                           "home"?: string | null,"id"?: string | null,"is_owner"?: boolean | null,"name"?: string | null,"permissions"?: never,"preset"?: string | null,"tenant_id"?: string | null
                         }
                        Update: {
                           "home"?: string | null,"id"?: string | null,"is_owner"?: boolean | null,"name"?: string | null,"permissions"?: never,"preset"?: string | null,"tenant_id"?: string | null
                         }
                        Relationships: [
                    {
      foreignKeyName: "roles_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "roles_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["tenant_id"]
    }
                  ]
                },"route_stops": {
                  Row: {
                    "id": string,"position": number,"route_id": string,"subscriber_id": string,"tenant_id": string
                  }
                  ComputedFields: never
                  Insert: {
                           "id"?: string | null,"position"?: number | null,"route_id"?: string | null,"subscriber_id"?: string | null,"tenant_id"?: string | null
                         }
                        Update: {
                           "id"?: string | null,"position"?: number | null,"route_id"?: string | null,"subscriber_id"?: string | null,"tenant_id"?: string | null
                         }
                        Relationships: [
                    {
      foreignKeyName: "route_stops_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "route_stops_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["tenant_id"]
    },{
      foreignKeyName: "route_stops_tenant_id_route_id_fkey"
      columns: ["tenant_id","route_id"]
isOneToOne: false
      referencedRelation: "routes"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "route_stops_tenant_id_subscriber_id_fkey"
      columns: ["tenant_id","subscriber_id"]
isOneToOne: true
      referencedRelation: "subscribers"
      referencedColumns: ["tenant_id","id"]
    }
                  ]
                },"routes": {
                  Row: {
                    "collector_id": string | null,"collector_name": string | null,"id": string,"name": string,"stop_count": number | null,"tenant_id": string
                  }
                  ComputedFields: never
                  Relationships: [
                    {
      foreignKeyName: "routes_tenant_id_collector_id_fkey"
      columns: ["tenant_id","collector_id"]
isOneToOne: false
      referencedRelation: "members"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "routes_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "routes_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["tenant_id"]
    }
                  ]
                },"service_status": {
                  Row: {
                    "id": string,"is_on": boolean | null,"reasons": (string)[] | null,"subscriber_id": string,"tenant_id": string
                  }
                  ComputedFields: never
                  Relationships: [
                    {
      foreignKeyName: "subscriptions_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "subscriptions_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["tenant_id"]
    },{
      foreignKeyName: "subscriptions_tenant_id_subscriber_id_fkey"
      columns: ["tenant_id","subscriber_id"]
isOneToOne: false
      referencedRelation: "subscribers"
      referencedColumns: ["tenant_id","id"]
    }
                  ]
                },"subscriber_logins": {
                  Row: {
                    "created_at": string,"email": string | null,"id": string,"status": string,"subscriber_id": string,"tenant_id": string
                  }
                  ComputedFields: never
                  Insert: {
                           "created_at"?: string | null,"email"?: string | null,"id"?: string | null,"status"?: string | null,"subscriber_id"?: string | null,"tenant_id"?: string | null
                         }
                        Update: {
                           "created_at"?: string | null,"email"?: string | null,"id"?: string | null,"status"?: string | null,"subscriber_id"?: string | null,"tenant_id"?: string | null
                         }
                        Relationships: [
                    {
      foreignKeyName: "subscriber_logins_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "subscriber_logins_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["tenant_id"]
    },{
      foreignKeyName: "subscriber_logins_tenant_id_subscriber_id_fkey"
      columns: ["tenant_id","subscriber_id"]
isOneToOne: false
      referencedRelation: "subscribers"
      referencedColumns: ["tenant_id","id"]
    }
                  ]
                },"subscribers": {
                  Row: {
                    "account_no": string,"balance_minor": number | null,"barangay": string | null,"barangay_id": string | null,"contact_person": string | null,"created_at": string,"credit_minor": number | null,"days_past_due": number | null,"email": string | null,"grace_days": number | null,"first_name": string | null,"id": string,"kind": string,"landmark": string | null,"last_name": string | null,"latitude": number | null,"location_source": string | null,"longitude": number | null,"municipality": string | null,"name": string,"notes": string | null,"oldest_due_on": string | null,"other_phone": string | null,"paid_until": string | null,"phone": string | null,"plan_ids": (string)[] | null,"plan_names": string | null,"purok": string | null,"route_id": string | null,"route_name": string | null,"search_text": string | null,"status": string | null,"tenant_id": string,"tin": string | null,"updated_at": string
                  }
                  ComputedFields: never
                  Relationships: [
                    {
      foreignKeyName: "subscribers_tenant_id_barangay_id_fkey"
      columns: ["tenant_id","barangay_id"]
isOneToOne: false
      referencedRelation: "barangays"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "subscribers_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "subscribers_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["tenant_id"]
    }
                  ]
                },"subscriptions": {
                  Row: {
                    "account_no": string,"activated_on": string | null,"bill_anchor_on": string | null,"billing_mode": string,"id": string,"is_on": boolean | null,"label": string | null,"paid_until": string | null,"plan_id": string | null,"plan_name": string | null,"prepaid_days": number | null,"price_minor": number | null,"reasons": (string)[] | null,"state": string,"subscriber_id": string,"subscriber_name": string,"tenant_id": string,"terminated_on": string | null
                  }
                  ComputedFields: never
                  Relationships: [
                    {
      foreignKeyName: "subscriptions_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "subscriptions_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["tenant_id"]
    },{
      foreignKeyName: "subscriptions_tenant_id_subscriber_id_fkey"
      columns: ["tenant_id","subscriber_id"]
isOneToOne: false
      referencedRelation: "subscribers"
      referencedColumns: ["tenant_id","id"]
    }
                  ]
                },"tax_regimes": {
                  Row: {
                    "effective_from": string,"id": string,"rate_bp": number,"regime": string,"tenant_id": string
                  }
                  ComputedFields: never
                  Insert: {
                           "effective_from"?: string | null,"id"?: string | null,"rate_bp"?: number | null,"regime"?: string | null,"tenant_id"?: string | null
                         }
                        Update: {
                           "effective_from"?: string | null,"id"?: string | null,"rate_bp"?: number | null,"regime"?: string | null,"tenant_id"?: string | null
                         }
                        Relationships: [
                    {
      foreignKeyName: "tax_regimes_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "tax_regimes_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["tenant_id"]
    }
                  ]
                },"tenant": {
                  Row: {
                    "address": string | null,"brand_color": string | null,"country": string,"created_at": string,"currency": string,"email": string | null,"id": string,"is_demo": boolean,"legal_name": string | null,"logo_path": string | null,"phone": string | null,"slug": string,"tenant_id": string,"time_zone": string,"tin": string | null,"today": string | null,"trade_name": string
                  }
                  ComputedFields: never
                  Insert: {
                           "address"?: string | null,"brand_color"?: string | null,"country"?: string | null,"created_at"?: string | null,"currency"?: string | null,"email"?: string | null,"id"?: string | null,"is_demo"?: boolean | null,"legal_name"?: string | null,"logo_path"?: string | null,"phone"?: string | null,"slug"?: string | null,"tenant_id"?: string | null,"time_zone"?: string | null,"tin"?: string | null,"today"?: never,"trade_name"?: string | null
                         }
                        Update: {
                           "address"?: string | null,"brand_color"?: string | null,"country"?: string | null,"created_at"?: string | null,"currency"?: string | null,"email"?: string | null,"id"?: string | null,"is_demo"?: boolean | null,"legal_name"?: string | null,"logo_path"?: string | null,"phone"?: string | null,"slug"?: string | null,"tenant_id"?: string | null,"time_zone"?: string | null,"tin"?: string | null,"today"?: never,"trade_name"?: string | null
                         }
                        Relationships: [
                    
                  ]
                }
          }
          Functions: {
            "accept_invitation":
{ Args: { "full_name": string,"token": string }; Returns: Json
                           },
"add_barangay_to_route":
{ Args: { "barangay_id": string,"route_id": string }; Returns: number
                           },
"change_member_role":
{ Args: { "member_id": string,"role_id": string }; Returns: undefined
                           },
"record_promise":
{ Args: { "promise": Json }; Returns: Json
                           },
"withdraw_promise":
{ Args: { "promise_id": string }; Returns: undefined
                           },
"set_grace":
{ Args: { "subscriber_id": string,"grace_days": number | null }; Returns: undefined
                           },
"waive_late_fee":
{ Args: { "late_fee_id": string,"reason": string }; Returns: undefined
                           },
"save_dunning_settings":
{ Args: { "settings": Json }; Returns: undefined
                           },
"preview_dunning":
{ Args: { "settings"?: Json }; Returns: Json
                           },
"why":
{ Args: { "subscriber_id": string }; Returns: Json
                           },
"close_hold":
{ Args: { "hold_id": string,"reason": string }; Returns: undefined
                           },
"import_subscribers":
{ Args: { "batch_id": string,"rows": Json }; Returns: Json
                           },
"invite_member":
{ Args: { "invitation": Json }; Returns: Json
                           },
"invite_subscriber":
{ Args: { "invitation": Json }; Returns: Json
                           },
"me":
{ Args: Record<PropertyKey, never>; Returns: Json
                           },
"open_hold":
{ Args: { "kind": string,"reason": string,"subscription_id": string }; Returns: Json
                           },
"pick_barangays":
{ Args: { "codes": (string)[] }; Returns: number
                           },
"preview_import":
{ Args: { "rows": Json }; Returns: Json
                           },
"psgc_municipalities":
{ Args: { "query": string }; Returns: {
              "barangay_count": number,"municipality": string,"province": string,"region": string
            }[]
                           },
"read_invitation":
{ Args: { "token": string }; Returns: Json
                           },
"reinstate_member":
{ Args: { "member_id": string }; Returns: undefined
                           },
"revoke_login":
{ Args: { "login_id": string,"reason": string }; Returns: undefined
                           },
"revoke_member":
{ Args: { "member_id": string,"reason": string }; Returns: undefined
                           },
"save_billing_settings":
{ Args: { "settings": Json }; Returns: undefined
                           },
"save_plan":
{ Args: { "plan": Json }; Returns: Json
                           },
"save_profile":
{ Args: { "full_name": string,"locale": string,"phone": string }; Returns: undefined
                           },
"save_role":
{ Args: { "role": Json }; Returns: Json
                           },
"save_route":
{ Args: { "route": Json }; Returns: Json
                           },
"save_subscriber":
{ Args: { "subscriber": Json }; Returns: Json
                           },
"save_tax_regime":
{ Args: { "effective_from": string,"rate_bp": number,"regime": string }; Returns: undefined
                           },
"save_tenant":
{ Args: { "tenant": Json }; Returns: undefined
                           },
"search_psgc":
{ Args: { "municipality"?: string,"query": string }; Returns: {
              "barangay": string,"code": string,"municipality": string,"province": string,"region": string
            }[]
                           },
"cancel_plan_change":
{ Args: { "change": Json }; Returns: Json
                           },
"change_bill_day":
{ Args: { "change": Json }; Returns: Json
                           },
"change_plan":
{ Args: { "change": Json }; Returns: Json
                           },
"end_pause":
{ Args: { "change": Json }; Returns: Json
                           },
"next_invoice":
{ Args: { "subscription_id": string }; Returns: Json
                           },
"pause_subscription":
{ Args: { "change": Json }; Returns: Json
                           },
"quote_plan_change":
{ Args: { "change": Json }; Returns: Json
                           },
"quote_service_change":
{ Args: { "change": Json,"kind": string }; Returns: Json
                           },
"reactivate_subscription":
{ Args: { "change": Json }; Returns: Json
                           },
"set_plan_price":
{ Args: { "from_on": string,"is_followed"?: boolean,"plan_id": string,"price_minor": number }; Returns: Json
                           },
"set_route_stops":
{ Args: { "route_id": string,"subscriber_ids": (string)[] }; Returns: number
                           },
"setup_progress":
{ Args: Record<PropertyKey, never>; Returns: Json
                           },
"sign_out":
{ Args: Record<PropertyKey, never>; Returns: undefined
                           },
"sign_up_tenant":
{ Args: { "full_name": string,"trade_name": string }; Returns: Json
                           },
"start_subscription":
{ Args: { "subscription": Json }; Returns: Json
                           },
"switch_context":
{ Args: { "actor": string,"actor_id": string,"tenant_id": string }; Returns: Json
                           },
"terminate_subscription":
{ Args: { "id"?: string,"on_day": string,"reason": string,"subscription_id": string }; Returns: Json
                           },
"withdraw_invitation":
{ Args: { "invitation_id": string }; Returns: undefined
                           }
          }
          Enums: {
            [_ in never]: never
          }
          CompositeTypes: {
            [_ in never]: never
          }
        }
}

type DatabaseWithoutInternals = Omit<Database, '__InternalSupabase'>

type DefaultSchema = DatabaseWithoutInternals[Extract<keyof Database, "api">]

export type Tables<
  DefaultSchemaTableNameOrOptions extends
    | keyof (DefaultSchema["Tables"] & DefaultSchema["Views"])
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof (DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"] &
        DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Views"])
    : never = never
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? (DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"] &
      DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Views"])[TableName] extends {
      Row: infer R
    }
    ? R
    : never
  : DefaultSchemaTableNameOrOptions extends keyof (DefaultSchema["Tables"] & DefaultSchema["Views"])
  ? (DefaultSchema["Tables"] & DefaultSchema["Views"])[DefaultSchemaTableNameOrOptions] extends {
      Row: infer R
    }
    ? R
    : never
  : never

export type TablesInsert<
  DefaultSchemaTableNameOrOptions extends
    | keyof DefaultSchema["Tables"]
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"]
    : never = never
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"][TableName] extends {
      Insert: infer I
    }
    ? I
    : never
  : DefaultSchemaTableNameOrOptions extends keyof DefaultSchema["Tables"]
  ? DefaultSchema["Tables"][DefaultSchemaTableNameOrOptions] extends {
      Insert: infer I
    }
    ? I
    : never
  : never

export type TablesUpdate<
  DefaultSchemaTableNameOrOptions extends
    | keyof DefaultSchema["Tables"]
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"]
    : never = never
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"][TableName] extends {
      Update: infer U
    }
    ? U
    : never
  : DefaultSchemaTableNameOrOptions extends keyof DefaultSchema["Tables"]
  ? DefaultSchema["Tables"][DefaultSchemaTableNameOrOptions] extends {
      Update: infer U
    }
    ? U
    : never
  : never

export type Enums<
  DefaultSchemaEnumNameOrOptions extends
    | keyof DefaultSchema["Enums"]
    | { schema: keyof DatabaseWithoutInternals },
  EnumName extends DefaultSchemaEnumNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaEnumNameOrOptions["schema"]]["Enums"]
    : never = never
> = DefaultSchemaEnumNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaEnumNameOrOptions["schema"]]["Enums"][EnumName]
  : DefaultSchemaEnumNameOrOptions extends keyof DefaultSchema["Enums"]
  ? DefaultSchema["Enums"][DefaultSchemaEnumNameOrOptions]
  : never

export type CompositeTypes<
  PublicCompositeTypeNameOrOptions extends
    | keyof DefaultSchema["CompositeTypes"]
    | { schema: keyof DatabaseWithoutInternals },
  CompositeTypeName extends PublicCompositeTypeNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[PublicCompositeTypeNameOrOptions["schema"]]["CompositeTypes"]
    : never = never
> = PublicCompositeTypeNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[PublicCompositeTypeNameOrOptions["schema"]]["CompositeTypes"][CompositeTypeName]
  : PublicCompositeTypeNameOrOptions extends keyof DefaultSchema["CompositeTypes"]
  ? DefaultSchema["CompositeTypes"][PublicCompositeTypeNameOrOptions]
  : never

export const Constants = {
  "api": {
          Enums: {
            
          }
        }
} as const
