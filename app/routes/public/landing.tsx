export default function Landing() {
  return <p>Linyada</p>
}
