/** The process answers. While it drains, the server in front says 503 instead. */
export function loader() {
  return Response.json({ status: 'ok' }, { headers: { 'Cache-Control': 'no-store' } })
}
