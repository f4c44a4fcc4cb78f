export default function Dev() {
  return null
}
