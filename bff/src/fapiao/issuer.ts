/** What a fapiao says, in fen; the provider's adapter turns it into its own words. */
export type FapiaoOrder = {
  /** Ours, at most 20 characters, unique: the provider issues it once however often it is sent. */
  orderNumber: string
  buyer: { name: string; creditCode: string | null; address: string | null; phone: string | null; bank: string | null; account: string | null }
  taxRatePerMille: number
  lines: { name: string; taxCode: string; grossFen: number; netFen: number; taxFen: number }[]
  /** 不动产经营租赁 (specific factor 06): where the car stood and from when until when. */
  rental: { address: string; from: Date; until: Date; plates: string[] }
  callbackUrl: string
  requestedAt: Date
}

/** How an order stands with the provider. `unknown`: it has never heard of it. */
export type FapiaoAnswer =
  | { state: 'issuing' }
  | { state: 'issued'; number: string; issuedAt: Date; pdfUrl: string }
  | { state: 'failed'; reason: string }
  | { state: 'unknown' }

/** Thrown when the outcome of a call is open (time-out, 5xx, broken reply): ask before sending again. */
export class IssuerUnclear extends Error {}

/** Port: what Atrium needs from a provider of digital invoices (数电票). */
export type FapiaoIssuer = {
  sellerName: string
  /** Hands an order over. Answers `issuing`, or `failed` when the provider refused it. Throws IssuerUnclear when nobody can tell. */
  issue: (order: FapiaoOrder) => Promise<Extract<FapiaoAnswer, { state: 'issuing' | 'failed' }>>
  query: (orderNumber: string) => Promise<FapiaoAnswer>
  /** Asks for the red fapiao that takes `number` back in full; ask how it stands by `query(redOrderNumber)`. */
  reverse: (order: { redOrderNumber: string; number: string }) => Promise<Extract<FapiaoAnswer, { state: 'issuing' | 'failed' }>>
  /** The bytes of an issued PDF, at most 5 MB. */
  download: (pdfUrl: string) => Promise<Uint8Array>
}
