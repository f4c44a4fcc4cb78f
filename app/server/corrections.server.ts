import { applyDeposit } from '~/commands/apply-deposit'
import { approveCorrection } from '~/commands/approve-correction'
import { approveVoid } from '~/commands/approve-void'
import { bounceCheque } from '~/commands/bounce-cheque'
import { cancelPrepaidPeriod } from '~/commands/cancel-prepaid-period'
import { issueCreditNote } from '~/commands/issue-credit-note'
import { receiveCertificate } from '~/commands/receive-certificate'
import { refund } from '~/commands/refund'
import { refuseCorrection } from '~/commands/refuse-correction'
import { refuseVoid } from '~/commands/refuse-void'
import { requestVoid } from '~/commands/request-void'
import { returnDeposit } from '~/commands/return-deposit'
import { spendCredit } from '~/commands/spend-credit'
import { transferPayment } from '~/commands/transfer-payment'
import { voidInvoice } from '~/commands/void-invoice'
import { withdrawCorrection } from '~/commands/withdraw-correction'
import { writeOffInvoice } from '~/commands/write-off-invoice'
import { sendCommand } from './command.server'
import { orderOf } from './list-query.server'
import { list } from './listing.server'
import type { Db } from './supabase.server'

export type CorrectionKind =
  | 'credit_note'
  | 'invoice_void'
  | 'write_off'
  | 'refund'
  | 'transfer'
  | 'bounce'
  | 'time_cancel'
  | 'deposit_return'
  | 'payment_void'

/** Something one person asked and another decides. */
export type Approval = {
  id: string
  kind: CorrectionKind
  subscriber_id: string | null
  subscriber_name: string | null
  account_no: string | null
  invoice_id: string | null
  invoice_number: string | null
  payment_id: string | null
  receipt_number: string | null
  to_subscriber_name: string | null
  /** By which way money goes back, of a refund and a deposit given back. */
  method: string | null
  reference: string | null
  amount_minor: number
  reason: string
  state: 'waiting' | 'done' | 'refused' | 'expired' | 'withdrawn'
  asked_by: string
  asked_by_name: string | null
  asked_at: string
  decided_by_name: string | null
  decided_at: string | null
  decision_note: string | null
}

export type CreditNote = {
  id: string
  number: string
  invoice_id: string
  invoice_number: string
  subscriber_id: string
  subscriber_name: string
  account_no: string
  issued_on: string
  reason: string
  net_minor: number
  vat_minor: number
  total_minor: number
  created_at: string
  created_by_name: string | null
}

type Answer = { state?: string; note?: string | null; number?: string }

/** Any of these opens the queue: who decides is told what is asked, also without the right to look at payments. */
export const approvalReaders = ['payments.read', 'payments.approve_void', 'corrections.approve']

/** Sends what a page about an invoice, a payment, a subscriber or the queue was asked to put right, by its `intent`. */
export async function sendCorrection(db: Db, form: FormData) {
  const answer = await send()
  const result = answer.ok ? (answer.result as Answer | null) : null
  return {
    isDone: answer.ok,
    reply: { ...answer.reply, outcome: result?.state, note: result?.note },
  }

  function send() {
    switch (form.get('intent')) {
      case 'credit_note':
        return sendCommand(form, issueCreditNote.input, (credit_note) =>
          db.rpc(issueCreditNote.name, { credit_note }),
        )
      case 'invoice_void':
        return sendCommand(form, voidInvoice.input, (invoice_void) =>
          db.rpc(voidInvoice.name, { invoice_void }),
        )
      case 'write_off':
        return sendCommand(form, writeOffInvoice.input, (write_off) =>
          db.rpc(writeOffInvoice.name, { write_off }),
        )
      case 'refund':
        return sendCommand(form, refund.input, (value) => db.rpc(refund.name, { refund: value }))
      case 'transfer':
        return sendCommand(form, transferPayment.input, (transfer) =>
          db.rpc(transferPayment.name, { transfer }),
        )
      case 'bounce':
        return sendCommand(form, bounceCheque.input, (bounce) =>
          db.rpc(bounceCheque.name, { bounce }),
        )
      case 'time_cancel':
        return sendCommand(form, cancelPrepaidPeriod.input, (time_cancel) =>
          db.rpc(cancelPrepaidPeriod.name, { time_cancel }),
        )
      case 'deposit_return':
        return sendCommand(form, returnDeposit.input, (deposit_return) =>
          db.rpc(returnDeposit.name, { deposit_return }),
        )
      case 'apply_deposit':
        return sendCommand(form, applyDeposit.input, (deposit) =>
          db.rpc(applyDeposit.name, { deposit }),
        )
      case 'spend_credit':
        return sendCommand(form, spendCredit.input, (value) => db.rpc(spendCredit.name, value))
      case 'receive_certificate':
        return sendCommand(form, receiveCertificate.input, (value) =>
          db.rpc(receiveCertificate.name, value),
        )
      case 'approve_correction':
        return sendCommand(form, approveCorrection.input, (value) =>
          db.rpc(approveCorrection.name, value),
        )
      case 'refuse_correction':
        return sendCommand(form, refuseCorrection.input, (value) =>
          db.rpc(refuseCorrection.name, value),
        )
      case 'withdraw_correction':
        return sendCommand(form, withdrawCorrection.input, (value) =>
          db.rpc(withdrawCorrection.name, value),
        )
      case 'approve_void':
        return sendCommand(form, approveVoid.input, (value) => db.rpc(approveVoid.name, value))
      case 'refuse_void':
        return sendCommand(form, refuseVoid.input, (value) => db.rpc(refuseVoid.name, value))
      default:
        return sendCommand(form, requestVoid.input, (value) => db.rpc(requestVoid.name, value))
    }
  }
}

/** What was asked about one invoice or payment, the newest first. */
export async function readCorrections(db: Db, column: 'invoice_id' | 'payment_id', id: string) {
  const { data } = await db
    .from('approvals')
    .select()
    .eq(column, id)
    .order('asked_at', { ascending: false })
    .throwOnError()
  return data as Array<Approval>
}

/** How many requests wait that somebody else asked. */
export async function countWaiting(db: Db, memberId: string | null) {
  const { count } = await db
    .from('approvals')
    .select('id', { count: 'exact', head: true })
    .eq('state', 'waiting')
    .neq('asked_by', memberId ?? '')
    .throwOnError()
  return count ?? 0
}

export async function readApprovalLimit(db: Db): Promise<number | null> {
  const { data } = await db
    .from('billing_settings')
    .select('approval_limit_minor')
    .single()
    .throwOnError()
  return data.approval_limit_minor as number | null
}

const sortable = ['asked_at', 'decided_at', 'amount_minor', 'kind']

export function findApprovals(db: Db, params: URLSearchParams) {
  return list<Approval>((how) => {
    let query = db.from('approvals').select('*', how)
    const state = params.get('state')
    if (state === 'waiting') query = query.eq('state', 'waiting')
    if (state === 'decided') query = query.neq('state', 'waiting')
    const kind = params.get('kind')
    if (kind) query = query.eq('kind', kind)
    const order = orderOf(params, sortable, state === 'waiting' ? 'asked_at' : '-asked_at')
    return { fitting: query, order: [order, { column: 'id', ascending: true }] }
  })
}
