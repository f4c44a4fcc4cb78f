// Generated from schema api by `npm run types`. Never edited.
export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[]

export type Database = {
  
  "api": {
          Tables: {
            [_ in never]: never
          }
          Views: {
            "accounting_periods": {
                  Row: {
                    "closed_at": string | null,"closed_by_name": string | null,"id": string,"month": string,"state": string,"tenant_id": string,"trial_balance_hash": string | null
                  }
                  ComputedFields: never
                  Relationships: [
                    {
      foreignKeyName: "periods_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "periods_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["tenant_id"]
    }
                  ]
                },"accounts": {
                  Row: {
                    "balance_minor": number | null,"class": string,"code": string,"id": string,"name": string,"owner_id": string | null,"owner_kind": string | null,"tenant_id": string
                  }
                  ComputedFields: never
                  Relationships: [
                    {
      foreignKeyName: "accounts_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "accounts_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["tenant_id"]
    }
                  ]
                },"alarms": {
                  Row: {
                    "command_id": string,"decision": string | null,"device_code": string,"device_id": string,"id": string,"input": NonNullable<Json>,"kind": string,"member_id": string,"member_name": string | null,"raised_at": string,"settled_at": string | null,"settled_by": string | null,"settled_by_name": string | null,"settled_note": string | null,"tenant_id": string
                  }
                  ComputedFields: never
                  Relationships: [
                    {
      foreignKeyName: "alarms_tenant_id_device_id_fkey"
      columns: ["tenant_id","device_id"]
isOneToOne: false
      referencedRelation: "devices"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "alarms_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "alarms_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["tenant_id"]
    },{
      foreignKeyName: "alarms_tenant_id_member_id_fkey"
      columns: ["tenant_id","member_id"]
isOneToOne: false
      referencedRelation: "collectors"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "alarms_tenant_id_member_id_fkey"
      columns: ["tenant_id","member_id"]
isOneToOne: false
      referencedRelation: "members"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "alarms_tenant_id_settled_by_fkey"
      columns: ["tenant_id","settled_by"]
isOneToOne: false
      referencedRelation: "collectors"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "alarms_tenant_id_settled_by_fkey"
      columns: ["tenant_id","settled_by"]
isOneToOne: false
      referencedRelation: "members"
      referencedColumns: ["tenant_id","id"]
    }
                  ]
                },"allocations": {
                  Row: {
                    "amount_minor": number,"created_at": string,"id": string,"invoice_id": string,"invoice_number": string | null,"payment_id": string | null,"period": string | null,"receipt_number": string | null,"reverses": string | null,"tenant_id": string
                  }
                  ComputedFields: never
                  Relationships: [
                    {
      foreignKeyName: "allocations_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "allocations_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["tenant_id"]
    },{
      foreignKeyName: "allocations_tenant_id_invoice_id_fkey"
      columns: ["tenant_id","invoice_id"]
isOneToOne: false
      referencedRelation: "invoices"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "allocations_tenant_id_payment_id_fkey"
      columns: ["tenant_id","payment_id"]
isOneToOne: false
      referencedRelation: "payments"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "allocations_tenant_id_reverses_fkey"
      columns: ["tenant_id","reverses"]
isOneToOne: false
      referencedRelation: "allocations"
      referencedColumns: ["tenant_id","id"]
    }
                  ]
                },"approvals": {
                  Row: {
                    "account_no": string | null,"amount_minor": number | null,"asked_at": string | null,"asked_by": string | null,"asked_by_name": string | null,"decided_at": string | null,"decided_by": string | null,"decided_by_name": string | null,"decision_note": string | null,"id": string | null,"invoice_id": string | null,"invoice_number": string | null,"kind": string | null,"method": string | null,"payment_id": string | null,"reason": string | null,"receipt_number": string | null,"reference": string | null,"result": Json | null,"state": string | null,"subscriber_id": string | null,"subscriber_name": string | null,"tenant_id": string | null,"to_subscriber_name": string | null
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
                },"bank_deposits": {
                  Row: {
                    "amount_minor": number,"bank": string,"deposited_by": string,"deposited_by_name": string | null,"deposited_on": string,"has_photo": boolean | null,"id": string,"note": string | null,"recorded_at": string,"remittance_count": number | null,"slip_number": string,"tenant_id": string,"void_reason": string | null,"voided_at": string | null,"voided_by_name": string | null
                  }
                  ComputedFields: never
                  Relationships: [
                    {
      foreignKeyName: "bank_deposits_tenant_id_deposited_by_fkey"
      columns: ["tenant_id","deposited_by"]
isOneToOne: false
      referencedRelation: "collectors"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "bank_deposits_tenant_id_deposited_by_fkey"
      columns: ["tenant_id","deposited_by"]
isOneToOne: false
      referencedRelation: "members"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "bank_deposits_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "bank_deposits_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["tenant_id"]
    }
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
                },"batches": {
                  Row: {
                    "created_at": string,"done_count": number | null,"id": string,"invoice_count": number,"last_error": string | null,"part_count": number,"run_id": string,"state": string | null,"tenant_id": string
                  }
                  ComputedFields: never
                  Relationships: [
                    {
      foreignKeyName: "batches_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "batches_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["tenant_id"]
    },{
      foreignKeyName: "batches_tenant_id_run_id_fkey"
      columns: ["tenant_id","run_id"]
isOneToOne: true
      referencedRelation: "billing_runs"
      referencedColumns: ["tenant_id","id"]
    }
                  ]
                },"billing_runs": {
                  Row: {
                    "exception_count": number,"expected_count": number,"finished_at": string | null,"heartbeat_at": string,"id": string,"invoice_count": number,"is_stalled": boolean | null,"last_error": string | null,"period": string,"period_until": string,"seen_count": number,"started_at": string,"started_by": string | null,"started_by_name": string | null,"state": string,"tenant_id": string,"total_minor": number
                  }
                  ComputedFields: never
                  Relationships: [
                    {
      foreignKeyName: "runs_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "runs_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["tenant_id"]
    },{
      foreignKeyName: "runs_tenant_id_started_by_fkey"
      columns: ["tenant_id","started_by"]
isOneToOne: false
      referencedRelation: "collectors"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "runs_tenant_id_started_by_fkey"
      columns: ["tenant_id","started_by"]
isOneToOne: false
      referencedRelation: "members"
      referencedColumns: ["tenant_id","id"]
    }
                  ]
                },"billing_settings": {
                  Row: {
                    "approval_limit_minor": number | null,"bills_while_suspended": boolean,"collector_cash_limit_minor": number | null,"collector_lock_minutes": number,"collector_unsent_hours": number,"collector_unsent_limit": number,"cut_from": string,"cut_until": string,"due_days": number,"dunning_on": string,"field_silent_hours": number,"first_period_on": string,"grace_days": number,"id": string | null,"invoice_day": number,"late_fee_bp": number,"late_fee_cap_minor": number | null,"late_fee_kind": string,"late_fee_minor": number,"late_fee_stages": (string)[],"max_lines_per_subscription": number,"no_cut_days": (string)[],"no_cut_weekdays": (number)[],"promise_days": number,"promise_times": number,"quiet_from": string,"quiet_until": string,"reminder_days": number,"suspend_days": number,"suspend_threshold_minor": number,"tenant_id": string,"uncollectible_days": number,"updated_at": string,"warning_days": number
                  }
                  ComputedFields: never
                  Insert: {
                           "approval_limit_minor"?: number | null,"bills_while_suspended"?: boolean | null,"collector_cash_limit_minor"?: number | null,"collector_lock_minutes"?: number | null,"collector_unsent_hours"?: number | null,"collector_unsent_limit"?: number | null,"cut_from"?: string | null,"cut_until"?: string | null,"due_days"?: number | null,"dunning_on"?: string | null,"field_silent_hours"?: number | null,"first_period_on"?: string | null,"grace_days"?: number | null,"id"?: string | null,"invoice_day"?: number | null,"late_fee_bp"?: number | null,"late_fee_cap_minor"?: number | null,"late_fee_kind"?: string | null,"late_fee_minor"?: number | null,"late_fee_stages"?: (string)[] | null,"max_lines_per_subscription"?: number | null,"no_cut_days"?: (string)[] | null,"no_cut_weekdays"?: (number)[] | null,"promise_days"?: number | null,"promise_times"?: number | null,"quiet_from"?: string | null,"quiet_until"?: string | null,"reminder_days"?: number | null,"suspend_days"?: number | null,"suspend_threshold_minor"?: number | null,"tenant_id"?: string | null,"uncollectible_days"?: number | null,"updated_at"?: string | null,"warning_days"?: number | null
                         }
                        Update: {
                           "approval_limit_minor"?: number | null,"bills_while_suspended"?: boolean | null,"collector_cash_limit_minor"?: number | null,"collector_lock_minutes"?: number | null,"collector_unsent_hours"?: number | null,"collector_unsent_limit"?: number | null,"cut_from"?: string | null,"cut_until"?: string | null,"due_days"?: number | null,"dunning_on"?: string | null,"field_silent_hours"?: number | null,"first_period_on"?: string | null,"grace_days"?: number | null,"id"?: string | null,"invoice_day"?: number | null,"late_fee_bp"?: number | null,"late_fee_cap_minor"?: number | null,"late_fee_kind"?: string | null,"late_fee_minor"?: number | null,"late_fee_stages"?: (string)[] | null,"max_lines_per_subscription"?: number | null,"no_cut_days"?: (string)[] | null,"no_cut_weekdays"?: (number)[] | null,"promise_days"?: number | null,"promise_times"?: number | null,"quiet_from"?: string | null,"quiet_until"?: string | null,"reminder_days"?: number | null,"suspend_days"?: number | null,"suspend_threshold_minor"?: number | null,"tenant_id"?: string | null,"uncollectible_days"?: number | null,"updated_at"?: string | null,"warning_days"?: number | null
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
                },"branches": {
                  Row: {
                    "address": string | null,"code": string,"id": string,"is_default": boolean,"is_open": boolean,"name": string,"subscriber_count": number | null,"tenant_id": string
                  }
                  ComputedFields: never
                  Insert: {
                           "address"?: string | null,"code"?: string | null,"id"?: string | null,"is_default"?: boolean | null,"is_open"?: boolean | null,"name"?: string | null,"subscriber_count"?: never,"tenant_id"?: string | null
                         }
                        Update: {
                           "address"?: string | null,"code"?: string | null,"id"?: string | null,"is_default"?: boolean | null,"is_open"?: boolean | null,"name"?: string | null,"subscriber_count"?: never,"tenant_id"?: string | null
                         }
                        Relationships: [
                    {
      foreignKeyName: "branches_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "branches_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["tenant_id"]
    }
                  ]
                },"cash_receipts_book": {
                  Row: {
                    "account_no": string | null,"book_on": string,"branch": string | null,"credit_minor": number | null,"id": string,"kind": string,"method": string | null,"money_minor": number | null,"other_minor": number | null,"payment_id": string | null,"receipt_number": string | null,"receivable_minor": number | null,"reference": string | null,"source_id": string,"source_kind": string,"subscriber_id": string | null,"subscriber_name": string | null,"tenant_id": string,"withheld_minor": number | null
                  }
                  ComputedFields: never
                  Relationships: [
                    {
      foreignKeyName: "transactions_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "transactions_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["tenant_id"]
    }
                  ]
                },"certificates": {
                  Row: {
                    "account_no": string | null,"amount_minor": number,"id": string,"payment_id": string,"promised_at": string,"receipt_number": string | null,"received_by_name": string | null,"received_on": string | null,"state": string,"subscriber_id": string | null,"subscriber_name": string | null,"tenant_id": string,"tin": string | null
                  }
                  ComputedFields: never
                  Relationships: [
                    {
      foreignKeyName: "certificates_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "certificates_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["tenant_id"]
    },{
      foreignKeyName: "certificates_tenant_id_payment_id_fkey"
      columns: ["tenant_id","payment_id"]
isOneToOne: true
      referencedRelation: "payments"
      referencedColumns: ["tenant_id","id"]
    }
                  ]
                },"charge_parts": {
                  Row: {
                    "amount_minor": number,"charge_id": string,"created_at": string,"description": string,"earned_at": string | null,"earned_minor": number,"id": string,"invoice_id": string,"invoice_number": string,"invoice_state": string,"issued_on": string,"pay_by_on": string | null,"tenant_id": string
                  }
                  ComputedFields: never
                  Relationships: [
                    {
      foreignKeyName: "charge_parts_tenant_id_charge_id_fkey"
      columns: ["tenant_id","charge_id"]
isOneToOne: false
      referencedRelation: "charges"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "charge_parts_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "charge_parts_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["tenant_id"]
    },{
      foreignKeyName: "charge_parts_tenant_id_invoice_id_fkey"
      columns: ["tenant_id","invoice_id"]
isOneToOne: false
      referencedRelation: "invoices"
      referencedColumns: ["tenant_id","id"]
    }
                  ]
                },"charges": {
                  Row: {
                    "account_no": string | null,"amount_minor": number | null,"cancelled_at": string | null,"created_at": string,"description": string,"id": string,"is_conditional": boolean,"kind": string,"parts": number | null,"percent_bp": number | null,"plan_discount_id": string | null,"remaining": number | null,"starts_on": string,"state": string,"subscriber_id": string,"subscriber_name": string | null,"subscription_id": string | null,"tenant_id": string,"until_on": string | null,"vat_class": string
                  }
                  ComputedFields: never
                  Relationships: [
                    {
      foreignKeyName: "charges_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "charges_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["tenant_id"]
    },{
      foreignKeyName: "charges_tenant_id_plan_discount_id_fkey"
      columns: ["tenant_id","plan_discount_id"]
isOneToOne: false
      referencedRelation: "plan_discounts"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "charges_tenant_id_subscriber_id_fkey"
      columns: ["tenant_id","subscriber_id"]
isOneToOne: false
      referencedRelation: "subscribers"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "charges_tenant_id_subscription_id_fkey"
      columns: ["tenant_id","subscription_id"]
isOneToOne: false
      referencedRelation: "service_status"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "charges_tenant_id_subscription_id_fkey"
      columns: ["tenant_id","subscription_id"]
isOneToOne: false
      referencedRelation: "subscriptions"
      referencedColumns: ["tenant_id","id"]
    }
                  ]
                },"collector_limits": {
                  Row: {
                    "cash_limit_minor": number | null,"id": string,"tenant_id": string,"unsent_hours": number | null,"unsent_limit": number | null
                  }
                  ComputedFields: never
                  Insert: {
                           "cash_limit_minor"?: number | null,"id"?: string | null,"tenant_id"?: string | null,"unsent_hours"?: number | null,"unsent_limit"?: number | null
                         }
                        Update: {
                           "cash_limit_minor"?: number | null,"id"?: string | null,"tenant_id"?: string | null,"unsent_hours"?: number | null,"unsent_limit"?: number | null
                         }
                        Relationships: [
                    {
      foreignKeyName: "collector_limits_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "collector_limits_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["tenant_id"]
    },{
      foreignKeyName: "collector_limits_tenant_id_id_fkey"
      columns: ["tenant_id","id"]
isOneToOne: true
      referencedRelation: "collectors"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "collector_limits_tenant_id_id_fkey"
      columns: ["tenant_id","id"]
isOneToOne: true
      referencedRelation: "members"
      referencedColumns: ["tenant_id","id"]
    }
                  ]
                },"collectors": {
                  Row: {
                    "cash_limit_minor": number | null,"collected_today_minor": number | null,"full_name": string | null,"has_own_limits": boolean | null,"id": string,"last_seen_at": string | null,"on_hand_minor": number | null,"on_hand_since": string | null,"open_remittances": number | null,"parked_count": number | null,"receipts_today": number | null,"route_names": (string)[] | null,"shortage_minor": number | null,"status": string,"stops": number | null,"stops_done": number | null,"tenant_id": string,"unsent_count": number | null,"unsent_hours": number | null,"unsent_limit": number | null
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
    }
                  ]
                },"credit_note_lines": {
                  Row: {
                    "credit_note_id": string,"description": string,"id": string,"invoice_id": string,"invoice_line_id": string,"line": number,"tenant_id": string,"total_minor": number,"vat_class": string
                  }
                  ComputedFields: never
                  Relationships: [
                    {
      foreignKeyName: "credit_note_lines_tenant_id_credit_note_id_fkey"
      columns: ["tenant_id","credit_note_id"]
isOneToOne: false
      referencedRelation: "credit_notes"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "credit_note_lines_tenant_id_invoice_line_id_fkey"
      columns: ["tenant_id","invoice_line_id"]
isOneToOne: false
      referencedRelation: "invoice_lines"
      referencedColumns: ["tenant_id","id"]
    }
                  ]
                },"credit_notes": {
                  Row: {
                    "account_no": string | null,"created_at": string,"created_by_name": string | null,"credit_minor": number,"id": string,"invoice_id": string,"invoice_number": string,"issued_on": string,"net_minor": number,"number": string,"reason": string,"serial": number,"subscriber_id": string,"subscriber_name": string | null,"tenant_id": string,"total_minor": number,"vat_minor": number
                  }
                  ComputedFields: never
                  Relationships: [
                    {
      foreignKeyName: "credit_notes_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "credit_notes_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["tenant_id"]
    },{
      foreignKeyName: "credit_notes_tenant_id_invoice_id_fkey"
      columns: ["tenant_id","invoice_id"]
isOneToOne: false
      referencedRelation: "invoices"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "credit_notes_tenant_id_subscriber_id_fkey"
      columns: ["tenant_id","subscriber_id"]
isOneToOne: false
      referencedRelation: "subscribers"
      referencedColumns: ["tenant_id","id"]
    }
                  ]
                },"deposit_slips": {
                  Row: {
                    "base64": string | null,"content_type": string,"id": string,"tenant_id": string
                  }
                  ComputedFields: never
                  Insert: {
                           "base64"?: never,"content_type"?: string | null,"id"?: string | null,"tenant_id"?: string | null
                         }
                        Update: {
                           "base64"?: never,"content_type"?: string | null,"id"?: string | null,"tenant_id"?: string | null
                         }
                        Relationships: [
                    {
      foreignKeyName: "deposit_slips_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "deposit_slips_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["tenant_id"]
    },{
      foreignKeyName: "deposit_slips_tenant_id_id_fkey"
      columns: ["tenant_id","id"]
isOneToOne: true
      referencedRelation: "bank_deposits"
      referencedColumns: ["tenant_id","id"]
    }
                  ]
                },"deposits": {
                  Row: {
                    "account_no": string,"amount_minor": number,"charge_id": string | null,"created_at": string,"created_by_name": string | null,"id": string,"kind": string,"method": string | null,"note": string | null,"payment_id": string | null,"receipt_number": string | null,"reference": string | null,"subscriber_id": string,"subscriber_name": string,"tenant_id": string
                  }
                  ComputedFields: never
                  Relationships: [
                    {
      foreignKeyName: "deposits_tenant_id_charge_id_fkey"
      columns: ["tenant_id","charge_id"]
isOneToOne: false
      referencedRelation: "charges"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "deposits_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "deposits_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["tenant_id"]
    },{
      foreignKeyName: "deposits_tenant_id_payment_id_fkey"
      columns: ["tenant_id","payment_id"]
isOneToOne: false
      referencedRelation: "payments"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "deposits_tenant_id_subscriber_id_fkey"
      columns: ["tenant_id","subscriber_id"]
isOneToOne: false
      referencedRelation: "subscribers"
      referencedColumns: ["tenant_id","id"]
    }
                  ]
                },"devices": {
                  Row: {
                    "approved_at": string | null,"approved_by_name": string | null,"code": string,"created_at": string,"end_reason": string | null,"ended_by_name": string | null,"id": string,"label": string,"last_seen_at": string,"member_id": string,"member_name": string | null,"numbers_left": number | null,"public_key": NonNullable<Json>,"revoked_at": string | null,"status": string,"tenant_id": string,"unsent_count": number,"wipe_asked_at": string | null,"wiped_at": string | null
                  }
                  ComputedFields: never
                  Relationships: [
                    {
      foreignKeyName: "devices_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "devices_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["tenant_id"]
    },{
      foreignKeyName: "devices_tenant_id_member_id_fkey"
      columns: ["tenant_id","member_id"]
isOneToOne: false
      referencedRelation: "collectors"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "devices_tenant_id_member_id_fkey"
      columns: ["tenant_id","member_id"]
isOneToOne: false
      referencedRelation: "members"
      referencedColumns: ["tenant_id","id"]
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
      foreignKeyName: "document_series_tenant_id_branch_fkey"
      columns: ["tenant_id","branch"]
isOneToOne: false
      referencedRelation: "branches"
      referencedColumns: ["tenant_id","code"]
    },{
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
                },"doubles": {
                  Row: {
                    "account_no": string,"amount_minor": number,"decision": string | null,"flagged_at": string,"id": string,"kind": string,"method": string,"note": string | null,"other_amount_minor": number,"other_id": string,"other_method": string,"other_receipt_number": string | null,"other_received_at": string,"other_received_by": string | null,"other_received_by_name": string | null,"other_stage": string,"receipt_number": string | null,"received_at": string,"received_by": string | null,"received_by_name": string | null,"settled_at": string | null,"settled_by_name": string | null,"stage": string,"state": string | null,"subscriber_id": string,"subscriber_name": string,"tenant_id": string
                  }
                  ComputedFields: never
                  Relationships: [
                    {
      foreignKeyName: "doubles_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "doubles_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["tenant_id"]
    },{
      foreignKeyName: "doubles_tenant_id_id_fkey"
      columns: ["tenant_id","id"]
isOneToOne: true
      referencedRelation: "payments"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "doubles_tenant_id_other_id_fkey"
      columns: ["tenant_id","other_id"]
isOneToOne: false
      referencedRelation: "payments"
      referencedColumns: ["tenant_id","id"]
    }
                  ]
                },"dunning": {
                  Row: {
                    "account_no": string,"collector_id": string | null,"days_past_due": number | null,"due_on": string,"grace_days": number | null,"id": string | null,"invoice_id": string | null,"is_cut": boolean | null,"next_on": string | null,"next_stage": string | null,"number": string,"open_minor": number | null,"promised_on": string | null,"route_id": string | null,"route_name": string | null,"since_on": string | null,"stage": string | null,"subscriber_id": string | null,"subscriber_name": string,"tenant_id": string,"waits_for": string | null
                  }
                  ComputedFields: never
                  Relationships: [
                    {
      foreignKeyName: "invoices_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "invoices_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["tenant_id"]
    }
                  ]
                },"dunning_rounds": {
                  Row: {
                    "cut_count": number,"day": string,"fee_count": number,"finished_at": string | null,"heartbeat_at": string,"id": string,"is_late": boolean | null,"last_error": string | null,"reconnect_count": number,"seen_count": number,"stage_count": number,"started_at": string,"state": string,"tenant_id": string
                  }
                  ComputedFields: never
                  Insert: {
                           "cut_count"?: number | null,"day"?: string | null,"fee_count"?: number | null,"finished_at"?: string | null,"heartbeat_at"?: string | null,"id"?: string | null,"is_late"?: never,"last_error"?: string | null,"reconnect_count"?: number | null,"seen_count"?: number | null,"stage_count"?: number | null,"started_at"?: string | null,"state"?: string | null,"tenant_id"?: string | null
                         }
                        Update: {
                           "cut_count"?: number | null,"day"?: string | null,"fee_count"?: number | null,"finished_at"?: string | null,"heartbeat_at"?: string | null,"id"?: string | null,"is_late"?: never,"last_error"?: string | null,"reconnect_count"?: number | null,"seen_count"?: number | null,"stage_count"?: number | null,"started_at"?: string | null,"state"?: string | null,"tenant_id"?: string | null
                         }
                        Relationships: [
                    {
      foreignKeyName: "dunning_rounds_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "dunning_rounds_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["tenant_id"]
    }
                  ]
                },"dunning_stages": {
                  Row: {
                    "created_at": string,"id": string,"invoice_id": string,"number": string,"open_minor": number,"reached_on": string,"stage": string,"subscriber_id": string,"tenant_id": string
                  }
                  ComputedFields: never
                  Relationships: [
                    {
      foreignKeyName: "dunning_stages_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "dunning_stages_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["tenant_id"]
    },{
      foreignKeyName: "dunning_stages_tenant_id_invoice_id_fkey"
      columns: ["tenant_id","invoice_id"]
isOneToOne: false
      referencedRelation: "invoices"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "dunning_stages_tenant_id_subscriber_id_fkey"
      columns: ["tenant_id","subscriber_id"]
isOneToOne: false
      referencedRelation: "subscribers"
      referencedColumns: ["tenant_id","id"]
    }
                  ]
                },"general_journal": {
                  Row: {
                    "account_name": string,"book_on": string,"code": string,"credit_minor": number | null,"debit_minor": number | null,"document": string | null,"kind": string,"line": number,"occurred_at": string,"owner_id": string | null,"owner_kind": string | null,"owner_name": string | null,"reverses": string | null,"source_id": string,"source_kind": string,"tenant_id": string,"transaction_id": string
                  }
                  ComputedFields: never
                  Relationships: [
                    {
      foreignKeyName: "entries_tenant_id_transaction_id_fkey"
      columns: ["tenant_id","transaction_id"]
isOneToOne: false
      referencedRelation: "cash_receipts_book"
      referencedColumns: ["tenant_id","id"]
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
                },"invoice_drafts": {
                  Row: {
                    "account_no": string,"created_at": string,"created_by_name": string | null,"due_on": string | null,"id": string,"invoice_id": string | null,"invoice_number": string | null,"lines": NonNullable<Json>,"revision": number,"state": string | null,"subscriber_id": string,"subscriber_name": string,"tenant_id": string,"total_minor": number,"updated_at": string
                  }
                  ComputedFields: never
                  Relationships: [
                    {
      foreignKeyName: "invoice_drafts_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "invoice_drafts_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["tenant_id"]
    },{
      foreignKeyName: "invoice_drafts_tenant_id_invoice_id_fkey"
      columns: ["tenant_id","invoice_id"]
isOneToOne: true
      referencedRelation: "invoices"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "invoice_drafts_tenant_id_subscriber_id_fkey"
      columns: ["tenant_id","subscriber_id"]
isOneToOne: false
      referencedRelation: "subscribers"
      referencedColumns: ["tenant_id","id"]
    }
                  ]
                },"invoice_lines": {
                  Row: {
                    "description": string,"id": string,"invoice_id": string,"kind": string,"line": number,"net_minor": number,"period": string | null,"service_from": string | null,"service_until": string | null,"subscription_id": string | null,"tenant_id": string,"total_minor": number,"vat_class": string,"vat_minor": number
                  }
                  ComputedFields: never
                  Insert: {
                           "description"?: string | null,"id"?: string | null,"invoice_id"?: string | null,"kind"?: string | null,"line"?: number | null,"net_minor"?: number | null,"period"?: string | null,"service_from"?: string | null,"service_until"?: string | null,"subscription_id"?: string | null,"tenant_id"?: string | null,"total_minor"?: number | null,"vat_class"?: string | null,"vat_minor"?: number | null
                         }
                        Update: {
                           "description"?: string | null,"id"?: string | null,"invoice_id"?: string | null,"kind"?: string | null,"line"?: number | null,"net_minor"?: number | null,"period"?: string | null,"service_from"?: string | null,"service_until"?: string | null,"subscription_id"?: string | null,"tenant_id"?: string | null,"total_minor"?: number | null,"vat_class"?: string | null,"vat_minor"?: number | null
                         }
                        Relationships: [
                    {
      foreignKeyName: "invoice_lines_tenant_id_invoice_id_fkey"
      columns: ["tenant_id","invoice_id"]
isOneToOne: false
      referencedRelation: "invoices"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "invoice_lines_tenant_id_subscription_id_fkey"
      columns: ["tenant_id","subscription_id"]
isOneToOne: false
      referencedRelation: "service_status"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "invoice_lines_tenant_id_subscription_id_fkey"
      columns: ["tenant_id","subscription_id"]
isOneToOne: false
      referencedRelation: "subscriptions"
      referencedColumns: ["tenant_id","id"]
    }
                  ]
                },"invoices": {
                  Row: {
                    "account_no": string | null,"balance_minor": number,"created_at": string,"credited_minor": number | null,"days_past_due": number | null,"due_on": string,"id": string,"issued_on": string,"net_minor": number,"number": string,"period": string | null,"rate_bp": number | null,"regime": string,"run_id": string | null,"serial": number,"state": string,"subscriber_id": string,"subscriber_name": string | null,"tenant_id": string,"total_minor": number,"vat_minor": number,"void_reason": string | null,"voided_at": string | null
                  }
                  ComputedFields: never
                  Relationships: [
                    {
      foreignKeyName: "invoices_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "invoices_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["tenant_id"]
    },{
      foreignKeyName: "invoices_tenant_id_run_id_fkey"
      columns: ["tenant_id","run_id"]
isOneToOne: false
      referencedRelation: "billing_runs"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "invoices_tenant_id_subscriber_id_fkey"
      columns: ["tenant_id","subscriber_id"]
isOneToOne: false
      referencedRelation: "subscribers"
      referencedColumns: ["tenant_id","id"]
    }
                  ]
                },"late_fees": {
                  Row: {
                    "account_no": string | null,"amount_minor": number,"base_minor": number,"charge_id": string,"created_at": string,"id": string,"invoice_id": string,"number": string,"stage": string,"state": string | null,"subscriber_id": string,"subscriber_name": string | null,"tenant_id": string,"waive_reason": string | null,"waived_at": string | null,"waived_by_name": string | null
                  }
                  ComputedFields: never
                  Relationships: [
                    {
      foreignKeyName: "late_fees_tenant_id_charge_id_fkey"
      columns: ["tenant_id","charge_id"]
isOneToOne: true
      referencedRelation: "charges"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "late_fees_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "late_fees_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["tenant_id"]
    },{
      foreignKeyName: "late_fees_tenant_id_invoice_id_fkey"
      columns: ["tenant_id","invoice_id"]
isOneToOne: false
      referencedRelation: "invoices"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "late_fees_tenant_id_subscriber_id_fkey"
      columns: ["tenant_id","subscriber_id"]
isOneToOne: false
      referencedRelation: "subscribers"
      referencedColumns: ["tenant_id","id"]
    }
                  ]
                },"ledger_entries": {
                  Row: {
                    "account_id": string,"account_name": string,"accounting_on": string,"amount_minor": number,"code": string,"credit_minor": number | null,"debit_minor": number | null,"kind": string,"line": number,"occurred_at": string,"owner_id": string | null,"owner_kind": string | null,"recorded_at": string,"reverses": string | null,"source_id": string,"source_kind": string,"tenant_id": string,"transaction_id": string
                  }
                  ComputedFields: never
                  Relationships: [
                    {
      foreignKeyName: "entries_tenant_id_account_id_fkey"
      columns: ["tenant_id","account_id"]
isOneToOne: false
      referencedRelation: "accounts"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "entries_tenant_id_transaction_id_fkey"
      columns: ["tenant_id","transaction_id"]
isOneToOne: false
      referencedRelation: "cash_receipts_book"
      referencedColumns: ["tenant_id","id"]
    }
                  ]
                },"logos": {
                  Row: {
                    "base64": string | null,"content_type": string,"id": string,"saved_at": string,"tenant_id": string
                  }
                  ComputedFields: never
                  Insert: {
                           "base64"?: never,"content_type"?: string | null,"id"?: string | null,"saved_at"?: string | null,"tenant_id"?: string | null
                         }
                        Update: {
                           "base64"?: never,"content_type"?: string | null,"id"?: string | null,"saved_at"?: string | null,"tenant_id"?: string | null
                         }
                        Relationships: [
                    {
      foreignKeyName: "logos_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: true
      referencedRelation: "tenant"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "logos_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: true
      referencedRelation: "tenant"
      referencedColumns: ["tenant_id"]
    }
                  ]
                },"lost_numbers": {
                  Row: {
                    "branch": string,"first_serial": number,"id": string,"kind": string,"last_serial": number | null,"note": string | null,"prefix": string,"restored_at": string,"said_at": string | null,"said_by_name": string | null,"series_id": string,"tenant_id": string
                  }
                  ComputedFields: never
                  Relationships: []
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
                },"parked": {
                  Row: {
                    "account_no": string | null,"amount_minor": number | null,"decision": string | null,"device_code": string | null,"device_id": string | null,"happened_at": string | null,"id": string | null,"input": Json | null,"kind": string | null,"member_id": string | null,"member_name": string | null,"name": string | null,"payment_stage": string | null,"reason": string | null,"receipt_number": string | null,"received_at": string | null,"settled_at": string | null,"settled_by_name": string | null,"settled_note": string | null,"state": string | null,"subscriber_id": string | null,"subscriber_name": string | null,"tenant_id": string | null
                  }
                  ComputedFields: never
                  Relationships: [
                    
                  ]
                },"parked_commands": {
                  Row: {
                    "account_no": string | null,"amount_minor": number | null,"decision": string | null,"device_code": string,"device_id": string,"happened_at": string,"id": string,"input": NonNullable<Json>,"member_id": string,"member_name": string | null,"name": string,"payment_stage": string | null,"reason": string | null,"receipt_number": string | null,"received_at": string,"settled_at": string | null,"settled_by": string | null,"settled_by_name": string | null,"settled_note": string | null,"subscriber_id": string | null,"subscriber_name": string | null,"tenant_id": string
                  }
                  ComputedFields: never
                  Relationships: [
                    {
      foreignKeyName: "commands_tenant_id_device_id_fkey"
      columns: ["tenant_id","device_id"]
isOneToOne: false
      referencedRelation: "devices"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "commands_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "commands_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["tenant_id"]
    },{
      foreignKeyName: "commands_tenant_id_member_id_fkey"
      columns: ["tenant_id","member_id"]
isOneToOne: false
      referencedRelation: "collectors"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "commands_tenant_id_member_id_fkey"
      columns: ["tenant_id","member_id"]
isOneToOne: false
      referencedRelation: "members"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "commands_tenant_id_settled_by_fkey"
      columns: ["tenant_id","settled_by"]
isOneToOne: false
      referencedRelation: "collectors"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "commands_tenant_id_settled_by_fkey"
      columns: ["tenant_id","settled_by"]
isOneToOne: false
      referencedRelation: "members"
      referencedColumns: ["tenant_id","id"]
    }
                  ]
                },"parked_phones": {
                  Row: {
                    "amount_minor": number | null,"code": string,"id": string,"member_name": string | null,"payment_count": number | null,"tenant_id": string
                  }
                  ComputedFields: never
                  Relationships: [
                    {
      foreignKeyName: "commands_tenant_id_device_id_fkey"
      columns: ["tenant_id","id"]
isOneToOne: false
      referencedRelation: "devices"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "commands_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "commands_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["tenant_id"]
    }
                  ]
                },"pauses": {
                  Row: {
                    "fee_minor": number,"from_on": string | null,"id": string,"kind": string,"reason": string | null,"subscription_id": string,"tenant_id": string,"until_on": string | null
                  }
                  ComputedFields: never
                  Insert: {
                           "fee_minor"?: number | null,"from_on"?: never,"id"?: string | null,"kind"?: string | null,"reason"?: string | null,"subscription_id"?: string | null,"tenant_id"?: string | null,"until_on"?: never
                         }
                        Update: {
                           "fee_minor"?: number | null,"from_on"?: never,"id"?: string | null,"kind"?: string | null,"reason"?: string | null,"subscription_id"?: string | null,"tenant_id"?: string | null,"until_on"?: never
                         }
                        Relationships: [
                    {
      foreignKeyName: "pauses_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "pauses_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["tenant_id"]
    },{
      foreignKeyName: "pauses_tenant_id_subscription_id_fkey"
      columns: ["tenant_id","subscription_id"]
isOneToOne: false
      referencedRelation: "service_status"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "pauses_tenant_id_subscription_id_fkey"
      columns: ["tenant_id","subscription_id"]
isOneToOne: false
      referencedRelation: "subscriptions"
      referencedColumns: ["tenant_id","id"]
    }
                  ]
                },"payments": {
                  Row: {
                    "account_no": string | null,"allocated_minor": number | null,"amount_minor": number,"channel": string,"deposited_minor": number | null,"device_id": string | null,"goes_on_as": string | null,"id": string,"manual_serial": string | null,"method": string,"note": string | null,"receipt_number": string | null,"received_at": string,"received_by": string | null,"received_by_name": string | null,"received_on": string | null,"recorded_at": string,"recovered_minor": number | null,"reference": string | null,"refunded_minor": number | null,"stage": string,"subscriber_id": string | null,"subscriber_name": string | null,"subscription_id": string | null,"tenant_id": string,"void_kind": string | null,"void_of": string | null,"voided_at": string | null
                  }
                  ComputedFields: never
                  Relationships: [
                    {
      foreignKeyName: "payments_tenant_id_device_id_fkey"
      columns: ["tenant_id","device_id"]
isOneToOne: false
      referencedRelation: "devices"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "payments_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "payments_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["tenant_id"]
    },{
      foreignKeyName: "payments_tenant_id_received_by_fkey"
      columns: ["tenant_id","received_by"]
isOneToOne: false
      referencedRelation: "collectors"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "payments_tenant_id_received_by_fkey"
      columns: ["tenant_id","received_by"]
isOneToOne: false
      referencedRelation: "members"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "payments_tenant_id_subscriber_id_fkey"
      columns: ["tenant_id","subscriber_id"]
isOneToOne: false
      referencedRelation: "subscribers"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "payments_tenant_id_subscription_id_fkey"
      columns: ["tenant_id","subscription_id"]
isOneToOne: false
      referencedRelation: "service_status"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "payments_tenant_id_subscription_id_fkey"
      columns: ["tenant_id","subscription_id"]
isOneToOne: false
      referencedRelation: "subscriptions"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "payments_tenant_id_void_of_fkey"
      columns: ["tenant_id","void_of"]
isOneToOne: false
      referencedRelation: "payments"
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
                },"plan_discounts": {
                  Row: {
                    "amount_minor": number | null,"created_at": string,"description": string,"ended_at": string | null,"id": string,"is_conditional": boolean,"months": number | null,"percent_bp": number | null,"plan_id": string,"plan_name": string,"starts_on": string,"taker_count": number | null,"tenant_id": string,"until_on": string | null
                  }
                  ComputedFields: never
                  Relationships: [
                    {
      foreignKeyName: "plan_discounts_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "plan_discounts_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["tenant_id"]
    },{
      foreignKeyName: "plan_discounts_tenant_id_plan_id_fkey"
      columns: ["tenant_id","plan_id"]
isOneToOne: false
      referencedRelation: "plans"
      referencedColumns: ["tenant_id","id"]
    }
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
                },"prepaid_periods": {
                  Row: {
                    "amount_minor": number,"bought_at": string,"cancelled_at": string | null,"created_at": string,"ends_at": string,"id": string,"invoice_id": string,"is_over": boolean | null,"payment_id": string | null,"plan_id": string,"plan_name": string,"starts_at": string,"subscription_id": string,"tenant_id": string
                  }
                  ComputedFields: never
                  Relationships: [
                    {
      foreignKeyName: "prepaid_periods_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "prepaid_periods_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["tenant_id"]
    },{
      foreignKeyName: "prepaid_periods_tenant_id_invoice_id_fkey"
      columns: ["tenant_id","invoice_id"]
isOneToOne: false
      referencedRelation: "invoices"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "prepaid_periods_tenant_id_payment_id_fkey"
      columns: ["tenant_id","payment_id"]
isOneToOne: false
      referencedRelation: "payments"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "prepaid_periods_tenant_id_plan_id_fkey"
      columns: ["tenant_id","plan_id"]
isOneToOne: false
      referencedRelation: "plans"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "prepaid_periods_tenant_id_subscription_id_fkey"
      columns: ["tenant_id","subscription_id"]
isOneToOne: false
      referencedRelation: "service_status"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "prepaid_periods_tenant_id_subscription_id_fkey"
      columns: ["tenant_id","subscription_id"]
isOneToOne: false
      referencedRelation: "subscriptions"
      referencedColumns: ["tenant_id","id"]
    }
                  ]
                },"prints": {
                  Row: {
                    "copy": number,"document_id": string,"id": string,"kind": string,"printed_at": string,"printed_by": string | null,"printed_by_name": string | null,"tenant_id": string
                  }
                  ComputedFields: never
                  Relationships: [
                    {
      foreignKeyName: "prints_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "prints_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["tenant_id"]
    },{
      foreignKeyName: "prints_tenant_id_printed_by_fkey"
      columns: ["tenant_id","printed_by"]
isOneToOne: false
      referencedRelation: "collectors"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "prints_tenant_id_printed_by_fkey"
      columns: ["tenant_id","printed_by"]
isOneToOne: false
      referencedRelation: "members"
      referencedColumns: ["tenant_id","id"]
    }
                  ]
                },"promises": {
                  Row: {
                    "account_no": string | null,"amount_minor": number | null,"decided_at": string | null,"id": string,"made_at": string,"note": string | null,"promised_on": string,"state": string,"subscriber_id": string,"subscriber_name": string | null,"taken_by_name": string | null,"tenant_id": string
                  }
                  ComputedFields: never
                  Relationships: [
                    {
      foreignKeyName: "promises_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "promises_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["tenant_id"]
    },{
      foreignKeyName: "promises_tenant_id_subscriber_id_fkey"
      columns: ["tenant_id","subscriber_id"]
isOneToOne: false
      referencedRelation: "subscribers"
      referencedColumns: ["tenant_id","id"]
    }
                  ]
                },"receipt_block_report": {
                  Row: {
                    "cancelled": number | null,"created_at": string | null,"device_code": string | null,"device_id": string | null,"first_serial": number | null,"id": string | null,"issued": number | null,"last_serial": number | null,"member_id": string | null,"member_name": string | null,"missing": number | null,"prefix": string | null,"reason": string | null,"state": string | null,"still_out": number | null,"tenant_id": string | null,"used": number | null,"voided": number | null
                  }
                  ComputedFields: never
                  Relationships: [
                    
                  ]
                },"receipt_blocks": {
                  Row: {
                    "created_at": string,"device_code": string | null,"device_id": string | null,"first_serial": number,"id": string,"last_serial": number,"member_id": string | null,"prefix": string,"reason": string | null,"state": string,"tenant_id": string,"used_count": number | null
                  }
                  ComputedFields: never
                  Relationships: [
                    {
      foreignKeyName: "receipt_blocks_tenant_id_device_id_fkey"
      columns: ["tenant_id","device_id"]
isOneToOne: false
      referencedRelation: "devices"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "receipt_blocks_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "receipt_blocks_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["tenant_id"]
    }
                  ]
                },"receipt_gaps": {
                  Row: {
                    "block_id": string | null,"device_code": string | null,"first_serial": number | null,"kind": string | null,"last_serial": number | null,"member_id": string | null,"member_name": string | null,"numbers": number | null,"tenant_id": string | null
                  }
                  ComputedFields: never
                  Relationships: [
                    
                  ]
                },"receipts": {
                  Row: {
                    "created_at": string,"id": string,"number": string,"payment_id": string,"serial": number,"tenant_id": string
                  }
                  ComputedFields: never
                  Insert: {
                           "created_at"?: string | null,"id"?: string | null,"number"?: string | null,"payment_id"?: string | null,"serial"?: number | null,"tenant_id"?: string | null
                         }
                        Update: {
                           "created_at"?: string | null,"id"?: string | null,"number"?: string | null,"payment_id"?: string | null,"serial"?: number | null,"tenant_id"?: string | null
                         }
                        Relationships: [
                    {
      foreignKeyName: "receipts_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "receipts_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["tenant_id"]
    },{
      foreignKeyName: "receipts_tenant_id_payment_id_fkey"
      columns: ["tenant_id","payment_id"]
isOneToOne: true
      referencedRelation: "payments"
      referencedColumns: ["tenant_id","id"]
    }
                  ]
                },"refunds": {
                  Row: {
                    "account_no": string | null,"amount_minor": number,"id": string,"method": string,"payment_id": string | null,"reason": string,"reference": string | null,"refunded_at": string,"refunded_by_name": string | null,"subscriber_id": string,"subscriber_name": string | null,"tenant_id": string
                  }
                  ComputedFields: never
                  Relationships: [
                    {
      foreignKeyName: "refunds_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "refunds_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["tenant_id"]
    },{
      foreignKeyName: "refunds_tenant_id_payment_id_fkey"
      columns: ["tenant_id","payment_id"]
isOneToOne: false
      referencedRelation: "payments"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "refunds_tenant_id_subscriber_id_fkey"
      columns: ["tenant_id","subscriber_id"]
isOneToOne: false
      referencedRelation: "subscribers"
      referencedColumns: ["tenant_id","id"]
    }
                  ]
                },"remittances": {
                  Row: {
                    "approved_at": string | null,"approved_by": string | null,"approved_by_name": string | null,"bank_deposit_id": string | null,"collector_id": string,"collector_name": string | null,"counted_at": string | null,"counted_by": string | null,"counted_by_name": string | null,"counted_denominations": Json | null,"counted_minor": number | null,"declared_at": string,"declared_minor": number | null,"denominations": Json | null,"expected_minor": number | null,"id": string,"note": string | null,"reason": string | null,"slip_number": string | null,"state": string,"submitted_at": string,"submitted_by": string,"submitted_by_name": string | null,"tenant_id": string,"variance_minor": number | null
                  }
                  ComputedFields: never
                  Relationships: [
                    {
      foreignKeyName: "remittances_tenant_id_approved_by_fkey"
      columns: ["tenant_id","approved_by"]
isOneToOne: false
      referencedRelation: "collectors"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "remittances_tenant_id_approved_by_fkey"
      columns: ["tenant_id","approved_by"]
isOneToOne: false
      referencedRelation: "members"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "remittances_tenant_id_bank_deposit_id_fkey"
      columns: ["tenant_id","bank_deposit_id"]
isOneToOne: false
      referencedRelation: "bank_deposits"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "remittances_tenant_id_collector_id_fkey"
      columns: ["tenant_id","collector_id"]
isOneToOne: false
      referencedRelation: "collectors"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "remittances_tenant_id_collector_id_fkey"
      columns: ["tenant_id","collector_id"]
isOneToOne: false
      referencedRelation: "members"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "remittances_tenant_id_counted_by_fkey"
      columns: ["tenant_id","counted_by"]
isOneToOne: false
      referencedRelation: "collectors"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "remittances_tenant_id_counted_by_fkey"
      columns: ["tenant_id","counted_by"]
isOneToOne: false
      referencedRelation: "members"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "remittances_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "remittances_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["tenant_id"]
    },{
      foreignKeyName: "remittances_tenant_id_submitted_by_fkey"
      columns: ["tenant_id","submitted_by"]
isOneToOne: false
      referencedRelation: "collectors"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "remittances_tenant_id_submitted_by_fkey"
      columns: ["tenant_id","submitted_by"]
isOneToOne: false
      referencedRelation: "members"
      referencedColumns: ["tenant_id","id"]
    }
                  ]
                },"reopen_requests": {
                  Row: {
                    "decided_at": string | null,"decided_by": string | null,"decided_by_name": string | null,"decision_note": string | null,"id": string,"month": string,"reason": string,"requested_at": string,"requested_by": string,"requested_by_name": string | null,"state": string,"tenant_id": string
                  }
                  ComputedFields: never
                  Relationships: [
                    {
      foreignKeyName: "reopen_requests_tenant_id_decided_by_fkey"
      columns: ["tenant_id","decided_by"]
isOneToOne: false
      referencedRelation: "collectors"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "reopen_requests_tenant_id_decided_by_fkey"
      columns: ["tenant_id","decided_by"]
isOneToOne: false
      referencedRelation: "members"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "reopen_requests_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "reopen_requests_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["tenant_id"]
    },{
      foreignKeyName: "reopen_requests_tenant_id_requested_by_fkey"
      columns: ["tenant_id","requested_by"]
isOneToOne: false
      referencedRelation: "collectors"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "reopen_requests_tenant_id_requested_by_fkey"
      columns: ["tenant_id","requested_by"]
isOneToOne: false
      referencedRelation: "members"
      referencedColumns: ["tenant_id","id"]
    }
                  ]
                },"rescues": {
                  Row: {
                    "applied_count": number | null,"device_code": string,"device_id": string,"id": string,"imported_at": string | null,"imported_by_name": string | null,"known_count": number | null,"member_id": string,"member_name": string | null,"opened_at": string,"opened_by_name": string | null,"parked_count": number | null,"saved_at": string,"tenant_id": string
                  }
                  ComputedFields: never
                  Relationships: [
                    {
      foreignKeyName: "rescues_tenant_id_device_id_fkey"
      columns: ["tenant_id","device_id"]
isOneToOne: false
      referencedRelation: "devices"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "rescues_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "rescues_tenant_id_fkey"
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
                },"route_loans": {
                  Row: {
                    "collector_id": string | null,"collector_name": string | null,"from_on": string | null,"id": string,"member_id": string,"member_name": string | null,"reason": string | null,"route_id": string,"route_name": string,"tenant_id": string,"until_on": string | null
                  }
                  ComputedFields: never
                  Relationships: [
                    {
      foreignKeyName: "route_loans_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "route_loans_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["tenant_id"]
    },{
      foreignKeyName: "route_loans_tenant_id_member_id_fkey"
      columns: ["tenant_id","member_id"]
isOneToOne: false
      referencedRelation: "collectors"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "route_loans_tenant_id_member_id_fkey"
      columns: ["tenant_id","member_id"]
isOneToOne: false
      referencedRelation: "members"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "route_loans_tenant_id_route_id_fkey"
      columns: ["tenant_id","route_id"]
isOneToOne: false
      referencedRelation: "routes"
      referencedColumns: ["tenant_id","id"]
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
                    "collector_id": string | null,"collector_name": string | null,"id": string,"lent_to_name": string | null,"lent_until_on": string | null,"name": string,"stop_count": number | null,"tenant_id": string,"walker_id": string | null
                  }
                  ComputedFields: never
                  Relationships: [
                    {
      foreignKeyName: "routes_tenant_id_collector_id_fkey"
      columns: ["tenant_id","collector_id"]
isOneToOne: false
      referencedRelation: "collectors"
      referencedColumns: ["tenant_id","id"]
    },{
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
                },"run_exceptions": {
                  Row: {
                    "account_no": string | null,"created_at": string,"detail": string | null,"id": string,"period": string,"reason": string,"resolved_at": string | null,"run_id": string,"subscriber_id": string | null,"subscriber_name": string | null,"subscription_id": string,"tenant_id": string
                  }
                  ComputedFields: never
                  Relationships: [
                    {
      foreignKeyName: "run_exceptions_tenant_id_run_id_fkey"
      columns: ["tenant_id","run_id"]
isOneToOne: false
      referencedRelation: "billing_runs"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "run_exceptions_tenant_id_subscription_id_fkey"
      columns: ["tenant_id","subscription_id"]
isOneToOne: false
      referencedRelation: "service_status"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "run_exceptions_tenant_id_subscription_id_fkey"
      columns: ["tenant_id","subscription_id"]
isOneToOne: false
      referencedRelation: "subscriptions"
      referencedColumns: ["tenant_id","id"]
    }
                  ]
                },"sales_book": {
                  Row: {
                    "account_no": string | null,"against": string | null,"book_on": string | null,"branch": string | null,"branch_name": string | null,"buyer_address": string | null,"buyer_name": string | null,"buyer_tin": string | null,"credit_note_id": string | null,"exempt_minor": number | null,"id": string | null,"invoice_id": string | null,"is_void": boolean | null,"kind": string | null,"non_vat_minor": number | null,"number": string | null,"serial": number | null,"tenant_id": string | null,"total_minor": number | null,"vat_minor": number | null,"vatable_minor": number | null,"zero_rated_minor": number | null
                  }
                  ComputedFields: never
                  Relationships: [
                    
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
                },"shortage_repayments": {
                  Row: {
                    "amount_minor": number,"collector_id": string,"id": string,"note": string | null,"received_at": string,"received_by_name": string | null,"tenant_id": string
                  }
                  ComputedFields: never
                  Relationships: [
                    {
      foreignKeyName: "shortage_repayments_tenant_id_collector_id_fkey"
      columns: ["tenant_id","collector_id"]
isOneToOne: false
      referencedRelation: "collectors"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "shortage_repayments_tenant_id_collector_id_fkey"
      columns: ["tenant_id","collector_id"]
isOneToOne: false
      referencedRelation: "members"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "shortage_repayments_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "shortage_repayments_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["tenant_id"]
    }
                  ]
                },"subscriber_logins": {
                  Row: {
                    "created_at": string,"email": string | null,"id": string,"status": string,"subscriber_id": string,"tenant_id": string
                  }
                  ComputedFields: never
                  Insert: {
                           "created_at"?: string | null,"email"?: never,"id"?: string | null,"status"?: string | null,"subscriber_id"?: string | null,"tenant_id"?: string | null
                         }
                        Update: {
                           "created_at"?: string | null,"email"?: never,"id"?: string | null,"status"?: string | null,"subscriber_id"?: string | null,"tenant_id"?: string | null
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
                    "account_no": string,"balance_minor": number | null,"barangay": string | null,"barangay_id": string | null,"branch": string,"contact_person": string | null,"created_at": string,"credit_minor": number | null,"days_past_due": number | null,"email": string | null,"first_name": string | null,"grace_days": number | null,"id": string,"kind": string,"landmark": string | null,"last_name": string | null,"latitude": number | null,"location_source": string | null,"longitude": number | null,"municipality": string | null,"name": string,"notes": string | null,"oldest_due_on": string | null,"other_phone": string | null,"paid_until": string | null,"phone": string | null,"plan_ids": (string)[] | null,"plan_names": string | null,"purok": string | null,"route_id": string | null,"route_name": string | null,"search_text": string | null,"status": string | null,"tenant_id": string,"tin": string | null,"updated_at": string
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
      foreignKeyName: "subscribers_tenant_id_branch_fkey"
      columns: ["tenant_id","branch"]
isOneToOne: false
      referencedRelation: "branches"
      referencedColumns: ["tenant_id","code"]
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
                },"subscription_changes": {
                  Row: {
                    "answer": NonNullable<Json>,"id": string,"kind": string,"made_at": string,"made_by_name": string | null,"on_day": string,"reason": string | null,"subscription_id": string,"tenant_id": string
                  }
                  ComputedFields: never
                  Relationships: [
                    {
      foreignKeyName: "changes_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "changes_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["tenant_id"]
    },{
      foreignKeyName: "changes_tenant_id_subscription_id_fkey"
      columns: ["tenant_id","subscription_id"]
isOneToOne: false
      referencedRelation: "service_status"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "changes_tenant_id_subscription_id_fkey"
      columns: ["tenant_id","subscription_id"]
isOneToOne: false
      referencedRelation: "subscriptions"
      referencedColumns: ["tenant_id","id"]
    }
                  ]
                },"subscription_terms": {
                  Row: {
                    "from_on": string | null,"id": string,"is_special": boolean,"plan_id": string,"plan_name": string,"price_minor": number,"subscription_id": string,"tenant_id": string,"until_on": string | null
                  }
                  ComputedFields: never
                  Relationships: [
                    {
      foreignKeyName: "subscription_terms_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "subscription_terms_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["tenant_id"]
    },{
      foreignKeyName: "subscription_terms_tenant_id_plan_id_fkey"
      columns: ["tenant_id","plan_id"]
isOneToOne: false
      referencedRelation: "plans"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "subscription_terms_tenant_id_subscription_id_fkey"
      columns: ["tenant_id","subscription_id"]
isOneToOne: false
      referencedRelation: "service_status"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "subscription_terms_tenant_id_subscription_id_fkey"
      columns: ["tenant_id","subscription_id"]
isOneToOne: false
      referencedRelation: "subscriptions"
      referencedColumns: ["tenant_id","id"]
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
                },"void_requests": {
                  Row: {
                    "account_no": string | null,"amount_minor": number,"decided_at": string | null,"decided_by": string | null,"decided_by_name": string | null,"decision_note": string | null,"id": string,"method": string,"payment_id": string,"reason": string,"receipt_number": string | null,"received_at": string,"requested_at": string,"requested_by": string,"requested_by_name": string | null,"state": string,"subscriber_id": string | null,"subscriber_name": string | null,"tenant_id": string
                  }
                  ComputedFields: never
                  Relationships: [
                    {
      foreignKeyName: "void_requests_tenant_id_decided_by_fkey"
      columns: ["tenant_id","decided_by"]
isOneToOne: false
      referencedRelation: "collectors"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "void_requests_tenant_id_decided_by_fkey"
      columns: ["tenant_id","decided_by"]
isOneToOne: false
      referencedRelation: "members"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "void_requests_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "void_requests_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["tenant_id"]
    },{
      foreignKeyName: "void_requests_tenant_id_payment_id_fkey"
      columns: ["tenant_id","payment_id"]
isOneToOne: false
      referencedRelation: "payments"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "void_requests_tenant_id_requested_by_fkey"
      columns: ["tenant_id","requested_by"]
isOneToOne: false
      referencedRelation: "collectors"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "void_requests_tenant_id_requested_by_fkey"
      columns: ["tenant_id","requested_by"]
isOneToOne: false
      referencedRelation: "members"
      referencedColumns: ["tenant_id","id"]
    }
                  ]
                },"write_offs": {
                  Row: {
                    "account_no": string | null,"amount_minor": number,"created_at": string,"created_by_name": string | null,"id": string,"invoice_id": string,"invoice_number": string,"reason": string,"recovered_minor": number | null,"subscriber_id": string,"subscriber_name": string | null,"tenant_id": string
                  }
                  ComputedFields: never
                  Relationships: [
                    {
      foreignKeyName: "write_offs_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "write_offs_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenant"
      referencedColumns: ["tenant_id"]
    },{
      foreignKeyName: "write_offs_tenant_id_invoice_id_fkey"
      columns: ["tenant_id","invoice_id"]
isOneToOne: false
      referencedRelation: "invoices"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "write_offs_tenant_id_subscriber_id_fkey"
      columns: ["tenant_id","subscriber_id"]
isOneToOne: false
      referencedRelation: "subscribers"
      referencedColumns: ["tenant_id","id"]
    }
                  ]
                }
          }
          Functions: {
            "accept_invitation":
{ Args: { "full_name": string,"token": string }; Returns: Json
                           },
"accounting_months":
{ Args: { "year": number }; Returns: {
              "closed_at": string,"closed_by_name": string,"debit_minor": number,"entry_count": number,"late_count": number,"month": string,"received_minor": number,"sales_minor": number,"state": string,"trial_balance_hash": string,"vat_minor": number
            }[]
                           },
"activate_subscription":
{ Args: { "change": Json }; Returns: Json
                           },
"add_barangay_to_route":
{ Args: { "barangay_id": string,"route_id": string }; Returns: number
                           },
"apply_deposit":
{ Args: { "deposit": Json }; Returns: Json
                           },
"approve_correction":
{ Args: { "correction_id": string }; Returns: Json
                           },
"approve_device":
{ Args: { "device_id": string }; Returns: Json
                           },
"approve_reopen":
{ Args: { "request_id": string }; Returns: Json
                           },
"approve_variance":
{ Args: { "note": string,"remittance_id": string }; Returns: undefined
                           },
"approve_void":
{ Args: { "request_id": string }; Returns: Json
                           },
"bill_charge":
{ Args: { "charge_id": string,"seen_count": number }; Returns: Json
                           },
"billing_watch":
{ Args: Record<PropertyKey, never>; Returns: Json
                           },
"bounce_cheque":
{ Args: { "bounce": Json }; Returns: Json
                           },
"buy_time":
{ Args: { "purchase": Json }; Returns: Json
                           },
"cancel_charge":
{ Args: { "charge_id": string }; Returns: Json
                           },
"cancel_plan_change":
{ Args: { "change": Json }; Returns: Json
                           },
"cancel_prepaid_period":
{ Args: { "time_cancel": Json }; Returns: Json
                           },
"cancel_sale":
{ Args: { "change": Json }; Returns: Json
                           },
"cash_receipts_totals":
{ Args: { "branch"?: string,"from_on": string,"method"?: string,"until_on": string }; Returns: {
              "credit_minor": number,"money_minor": number,"other_minor": number,"receivable_minor": number,"row_count": number,"withheld_minor": number
            }[]
                           },
"change_bill_day":
{ Args: { "change": Json }; Returns: Json
                           },
"change_member_role":
{ Args: { "member_id": string,"role_id": string }; Returns: undefined
                           },
"change_plan":
{ Args: { "change": Json }; Returns: Json
                           },
"change_prepaid_plan":
{ Args: { "plan_id": string,"price_minor"?: number,"subscription_id": string }; Returns: Json
                           },
"close_hold":
{ Args: { "hold_id": string,"reason": string }; Returns: undefined
                           },
"close_month":
{ Args: { "month": string,"soft"?: boolean }; Returns: Json
                           },
"collections_today":
{ Args: { "day"?: string }; Returns: unknown[]
                          SetofOptions: {
        from: "*"
        to: "daily_collection"
        isOneToOne: false
        isSetofReturn: true
      } },
"count_remittance":
{ Args: { "counted_minor": number,"denominations"?: Json,"remittance_id": string }; Returns: Json
                           },
"credit_note_document":
{ Args: { "credit_note_id": string }; Returns: Json
                           },
"discard_invoice_draft":
{ Args: { "draft_id": string }; Returns: Json
                           },
"end_loan":
{ Args: { "loan_id": string }; Returns: Json
                           },
"end_pause":
{ Args: { "change": Json }; Returns: Json
                           },
"end_plan_discount":
{ Args: { "discount_id": string,"for_existing"?: boolean }; Returns: Json
                           },
"finish_wipe":
{ Args: { "device_id": string }; Returns: undefined
                           },
"general_journal_totals":
{ Args: { "account"?: string,"from_on": string,"kind"?: string,"until_on": string }; Returns: {
              "credit_minor": number,"debit_minor": number,"row_count": number
            }[]
                           },
"hand_over_routes":
{ Args: { "from_id": string,"route_ids"?: (string)[],"to_id": string }; Returns: Json
                           },
"import_rescue":
{ Args: { "commands": Json,"rescue_id": string }; Returns: Json
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
"invoice_document":
{ Args: { "invoice_id": string }; Returns: Json
                           },
"issue_credit_note":
{ Args: { "credit_note": Json }; Returns: Json
                           },
"issue_invoice_draft":
{ Args: { "draft_id": string,"revision": number }; Returns: Json
                           },
"keep_part":
{ Args: { "batch_id": string,"error"?: string,"part": number,"pdf"?: string }; Returns: undefined
                           },
"lend_routes":
{ Args: { "loan": Json }; Returns: Json
                           },
"me":
{ Args: Record<PropertyKey, never>; Returns: Json
                           },
"move_to_branch":
{ Args: { "barangays": (string)[],"code": string }; Returns: Json
                           },
"next_billing_run":
{ Args: Record<PropertyKey, never>; Returns: Json
                           },
"next_invoice":
{ Args: { "subscription_id": string }; Returns: Json
                           },
"office_cash":
{ Args: Record<PropertyKey, never>; Returns: number
                           },
"open_hold":
{ Args: { "kind": string,"reason": string,"subscription_id": string }; Returns: Json
                           },
"open_rescue":
{ Args: { "rescue": Json }; Returns: Json
                           },
"part_pdf":
{ Args: { "batch_id": string,"part": number }; Returns: string
                           },
"pause_billing_run":
{ Args: { "run_id": string }; Returns: Json
                           },
"pause_subscription":
{ Args: { "change": Json }; Returns: Json
                           },
"pick_barangays":
{ Args: { "codes": (string)[] }; Returns: number
                           },
"portal_home":
{ Args: Record<PropertyKey, never>; Returns: Json
                           },
"preview_billing_run":
{ Args: { "period": string,"search"?: string,"shown"?: number,"skipped"?: number,"sort"?: string }; Returns: Json
                           },
"preview_credit_note":
{ Args: { "amount_minor"?: number,"invoice_id": string,"lines"?: Json }; Returns: Json
                           },
"preview_dunning":
{ Args: { "settings"?: Json }; Returns: Json
                           },
"preview_import":
{ Args: { "rows": Json }; Returns: Json
                           },
"preview_next_invoice":
{ Args: { "subscriber_id": string }; Returns: Json
                           },
"preview_payment":
{ Args: { "amount_minor": number,"invoices"?: (string)[],"pay_ahead"?: boolean,"subscriber_id": string,"subscription_id"?: string }; Returns: Json
                           },
"preview_time":
{ Args: { "amount_minor"?: number,"subscription_id": string }; Returns: Json
                           },
"print_document":
{ Args: { "document_id": string,"kind": string }; Returns: Json
                           },
"psgc_municipalities":
{ Args: { "query": string }; Returns: {
              "barangay_count": number,"municipality": string,"province": string,"region": string
            }[]
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
"read_invitation":
{ Args: { "token": string }; Returns: Json
                           },
"readiness":
{ Args: Record<PropertyKey, never>; Returns: Json
                           },
"receipt_audit":
{ Args: Record<PropertyKey, never>; Returns: {
              "cancelled": number,"counter": number,"issued": number,"missing": number,"nowhere": number,"still_out": number,"used": number,"voided": number
            }[]
                           },
"receipt_document":
{ Args: { "payment_id": string }; Returns: Json
                           },
"receipt_keys":
{ Args: { "tenant_id": string }; Returns: Json
                           },
"receivables_aging":
{ Args: Record<PropertyKey, never>; Returns: {
              "amount_minor": number,"bucket": string,"invoice_count": number
            }[]
                           },
"receive_certificate":
{ Args: { "payment_id": string,"received_on"?: string }; Returns: Json
                           },
"record_bank_deposit":
{ Args: { "deposit": Json }; Returns: Json
                           },
"record_payment":
{ Args: { "payment": Json }; Returns: Json
                           },
"record_promise":
{ Args: { "promise": Json }; Returns: Json
                           },
"recovery_key":
{ Args: { "device_id": string }; Returns: string
                           },
"refund":
{ Args: { "refund": Json }; Returns: Json
                           },
"refuse_correction":
{ Args: { "correction_id": string,"reason": string }; Returns: Json
                           },
"refuse_reopen":
{ Args: { "reason"?: string,"request_id": string }; Returns: Json
                           },
"refuse_void":
{ Args: { "reason": string,"request_id": string }; Returns: Json
                           },
"register_device":
{ Args: { "device": Json }; Returns: Json
                           },
"reinstate_member":
{ Args: { "member_id": string }; Returns: undefined
                           },
"reject_remittance":
{ Args: { "note": string,"remittance_id": string }; Returns: undefined
                           },
"repay_shortage":
{ Args: { "repayment": Json }; Returns: Json
                           },
"report_daily_collection":
{ Args: { "collector_id"?: string,"from_on": string,"until_on": string }; Returns: unknown[]
                          SetofOptions: {
        from: "*"
        to: "daily_collection"
        isOneToOne: false
        isSetofReturn: true
      } },
"request_reopen":
{ Args: { "request": Json }; Returns: Json
                           },
"request_void":
{ Args: { "payment_id": string,"reason": string }; Returns: Json
                           },
"reserve_receipts":
{ Args: { "device_id": string,"wanted"?: number }; Returns: Json
                           },
"resume_billing_run":
{ Args: { "run_id": string }; Returns: Json
                           },
"retry_batch":
{ Args: { "batch_id": string }; Returns: undefined
                           },
"retry_billing_exception":
{ Args: { "exception_id": string }; Returns: Json
                           },
"return_deposit":
{ Args: { "deposit_return": Json }; Returns: Json
                           },
"revoke_device":
{ Args: { "device_id": string,"reason": string }; Returns: undefined
                           },
"revoke_login":
{ Args: { "login_id": string,"reason": string }; Returns: undefined
                           },
"revoke_member":
{ Args: { "member_id": string,"reason": string }; Returns: undefined
                           },
"run_billing":
{ Args: { "period": string }; Returns: Json
                           },
"sales_book_totals":
{ Args: { "branch"?: string,"from_on": string,"until_on": string }; Returns: {
              "exempt_minor": number,"non_vat_minor": number,"row_count": number,"total_minor": number,"vat_minor": number,"vatable_minor": number,"zero_rated_minor": number
            }[]
                           },
"save_billing_settings":
{ Args: { "settings": Json }; Returns: undefined
                           },
"save_branch":
{ Args: { "branch": Json }; Returns: Json
                           },
"save_charge":
{ Args: { "charge": Json }; Returns: Json
                           },
"save_dunning_settings":
{ Args: { "settings": Json }; Returns: undefined
                           },
"save_invoice_draft":
{ Args: { "draft": Json }; Returns: Json
                           },
"save_logo":
{ Args: { "logo": Json }; Returns: Json
                           },
"save_plan":
{ Args: { "plan": Json }; Returns: Json
                           },
"save_plan_discount":
{ Args: { "discount": Json }; Returns: Json
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
"save_series":
{ Args: { "series": Json }; Returns: Json
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
"say_lost_numbers":
{ Args: { "last_number": number,"lost_id": string,"note": string }; Returns: Json
                           },
"search_psgc":
{ Args: { "municipality"?: string,"query": string }; Returns: {
              "barangay": string,"code": string,"municipality": string,"province": string,"region": string
            }[]
                           },
"set_collector_limits":
{ Args: { "limits": Json }; Returns: undefined
                           },
"set_grace":
{ Args: { "grace_days": number,"subscriber_id": string }; Returns: undefined
                           },
"set_plan_price":
{ Args: { "from_on": string,"is_followed"?: boolean,"plan_id": string,"price_minor": number }; Returns: Json
                           },
"set_route_stops":
{ Args: { "route_id": string,"subscriber_ids": (string)[] }; Returns: number
                           },
"settle_alarm":
{ Args: { "alarm_id": string,"amount_minor"?: number,"note": string,"subscriber_id"?: string }; Returns: Json
                           },
"settle_double":
{ Args: { "decision": string,"double_id": string,"note": string,"void_id"?: string }; Returns: Json
                           },
"settle_parked":
{ Args: { "amount_minor"?: number,"command_id": string,"note"?: string,"subscriber_id"?: string }; Returns: Json
                           },
"settle_parked_cash":
{ Args: { "command_ids": (string)[],"device_id": string,"note"?: string }; Returns: Json
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
"spend_credit":
{ Args: { "subscriber_id": string }; Returns: Json
                           },
"start_batch":
{ Args: { "batch": Json }; Returns: Json
                           },
"start_subscription":
{ Args: { "subscription": Json }; Returns: Json
                           },
"submit_remittance":
{ Args: { "remittance": Json }; Returns: Json
                           },
"subscriber_statement":
{ Args: { "from_on": string,"subscriber_id": string,"until_on": string }; Returns: Json
                           },
"switch_context":
{ Args: { "actor": string,"actor_id": string,"tenant_id": string }; Returns: Json
                           },
"sync_pull":
{ Args: { "chunk"?: number,"cursor"?: Json,"device_id": string }; Returns: Json
                           },
"sync_push":
{ Args: { "batch": Json }; Returns: Json
                           },
"take_deposit":
{ Args: { "deposit": Json }; Returns: Json
                           },
"take_part":
{ Args: { "batch_id": string }; Returns: Json
                           },
"terminate_subscription":
{ Args: { "deposit"?: Json,"id"?: string,"on_day": string,"reason": string,"subscription_id": string }; Returns: Json
                           },
"transfer_payment":
{ Args: { "transfer": Json }; Returns: Json
                           },
"trial_balance":
{ Args: { "until_on"?: string }; Returns: {
              "balance_minor": number,"class": string,"code": string,"credit_minor": number,"debit_minor": number,"name": string
            }[]
                           },
"verify_receipt":
{ Args: { "payment_id": string,"tenant_id"?: string }; Returns: Json
                           },
"void_bank_deposit":
{ Args: { "deposit_id": string,"reason": string }; Returns: undefined
                           },
"void_invoice":
{ Args: { "invoice_void": Json }; Returns: Json
                           },
"waive_late_fee":
{ Args: { "late_fee_id": string,"reason": string }; Returns: undefined
                           },
"watch":
{ Args: { "collector_id"?: string,"from_on": string,"until_on": string }; Returns: {
              "at": string,"facts": Json,"id": string,"kind": string,"member_id": string,"member_name": string,"payment_id": string,"remittance_id": string,"subscriber_id": string,"subscriber_name": string
            }[]
                           },
"why":
{ Args: { "subscriber_id": string }; Returns: Json
                           },
"wipe_device":
{ Args: { "device_id": string,"reason": string }; Returns: undefined
                           },
"withdraw_correction":
{ Args: { "correction_id": string }; Returns: Json
                           },
"withdraw_invitation":
{ Args: { "invitation_id": string }; Returns: undefined
                           },
"withdraw_promise":
{ Args: { "promise_id": string }; Returns: undefined
                           },
"write_off_invoice":
{ Args: { "write_off": Json }; Returns: Json
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
