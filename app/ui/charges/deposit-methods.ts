/** How a deposit comes and goes as money. */
export const DEPOSIT_METHODS = ['cash', 'gcash', 'maya', 'bank', 'cheque'] as const
