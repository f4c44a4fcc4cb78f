import type { NextFunction, Request, Response } from 'express'

/** What no page has to think of, because it never gets past the door: requests nobody can read. */

/** An import of 5,000 rows is a quarter of this. */
const LARGEST_BODY_BYTES = 8 * 1024 * 1024

const methods = ['GET', 'HEAD', 'OPTIONS', 'POST']
const bodies =
  /^(application\/x-www-form-urlencoded|application\/json|multipart\/form-data;.*boundary=.)/i

/** An address that cannot be read is one that is not here, and gets that page. */
export function onlyReadableAddresses(request: Request, response: Response, next: NextFunction) {
  if (!URL.canParse(`http://${request.get('host') || 'here.invalid'}`)) {
    response.status(400).type('text').send('The name of this site cannot be read.')
    return
  }
  // Postgres text cannot hold a NUL.
  const address = request.originalUrl.replaceAll(/%00/gi, '')
  request.url = isReadable(address) ? address : '/not-here'
  request.originalUrl = request.url
  next()
}

function isReadable(address: string) {
  try {
    decodeURIComponent(address.split('?')[0] ?? '')
    return address.startsWith('/') && URL.canParse(`http://here.invalid${address}`)
  } catch {
    return false
  }
}

/** Pages read a form as a whole, so its size is asked first; the phone's addresses count for themselves. */
export function onlyReadableBodies(request: Request, response: Response, next: NextFunction) {
  const refuse = (status: number, reason: string) => {
    response.set('Connection', 'close').status(status).json({ reason })
  }

  if (!methods.includes(request.method)) return refuse(405, 'method_not_allowed')
  if (request.method !== 'POST') return next()

  const length = request.get('content-length')
  if (Number(length ?? 0) > LARGEST_BODY_BYTES) return refuse(413, 'too_large')
  if (request.path.startsWith('/api/')) return next()
  if (length === undefined && request.get('transfer-encoding')) return refuse(411, 'length_missing')
  // A button may post nothing at all, and then says nothing of its kind.
  if (Number(length ?? 0) === 0) return next()
  if (!bodies.test(request.get('content-type') ?? '')) return refuse(415, 'form_expected')
  next()
}
