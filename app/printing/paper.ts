/** A receipt in plain words, in the person's language: what goes to a printer, into a picture and into a message. */
export type Paper = {
  heading: string
  /** Address and TIN of the seller. */
  underHeading: ReadonlyArray<string>
  /** COPY 1, VOID. */
  marks: ReadonlyArray<string>
  amount: string
  number: string
  facts: ReadonlyArray<Fact>
  /** What the money does. */
  pays: ReadonlyArray<Fact>
  /** What the code opens. */
  address: string
  check: string
  notice: string
}

export type Fact = { name: string; value: string }

/** Thermal paper, in millimetres. */
export type PaperWidth = 58 | 80
