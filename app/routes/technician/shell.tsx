/** The document the worker stores: public, in no one's language or name, the same for every address below. */
export default function Shell() {
  return null
}
