const NOT_FILTERS = ['select', 'order', 'limit', 'offset', 'on_conflict', 'columns']

/**
 * PostgREST keeps every filter of an address. The package keeps the last of those that stand on one column with one
 * operator, and lets any of several `or` do; so those that repeat are said as one `and`.
 */
export function withEveryFilter(address: string): string {
  const url = new URL(address)
  const asked = url.searchParams
  const repeated = [...new Set(asked.keys())].filter(
    (name) => !NOT_FILTERS.includes(name) && !name.includes('.') && asked.getAll(name).length > 1,
  )
  if (repeated.length === 0) return address

  const all = [...asked].filter(([name]) => repeated.includes(name) || name === 'and')
  for (const [name] of all) asked.delete(name)
  asked.append('and', `(${all.map(([name, value]) => condition(name, value)).join(',')})`)
  return url.href
}

function condition(name: string, value: string) {
  if (name === 'and' || name === 'or') return name + value
  const [, operator = '', operand = ''] = /^((?:not\.)?[^.]*)\.(.*)$/s.exec(value) ?? []
  const isPlain = !/[,()]/.test(operand) || /^[({]/.test(operand)
  return `${name}.${operator}.${isPlain ? operand : `"${operand}"`}`
}
