/** What a camera saw. Confidence is 0 to 1; `sec` is the camera's own clock. */
export type Sighting = { cameraSerial: string; vendorPlateId: string; sec: number; plate: string; confidence: number; offline: boolean; seenAt: Date; picture: string | null }

/** What the camera is told in reply: open or stay down. */
export type SightingReply = { open: boolean; vendorPlateId: string; commandId: string | null }

/** What a barrier says it did. `commandId` when it repeats ours, else the plate event it belongs to. */
export type GateReport = { cameraSerial: string; commandId: string | null; vendorPlateId: string | null; state: 'opened' | 'closed' | 'jammed' }

/** An order to open that the camera fetches. */
export type GateOrder = { commandId: string; vendorPlateId: string | null }

/** Thrown for a message that does not have the vendor's form. */
export class SightingMalformed extends Error {}

/** Port: what Atrium needs from cameras with barriers that report by HTTP and fetch their orders. */
export type GatePort = {
  /** Whether a call came in under the secret path; the protocol has no signature. Compares in constant time. */
  isOurs: (secret: string) => boolean
  readSighting: (body: unknown) => Sighting
  sightingReply: (reply: SightingReply) => object
  /** The camera that asks for orders. */
  readPoll: (body: unknown) => string
  pollReply: (order: GateOrder | null) => object
  readReport: (body: unknown) => GateReport
  reportReply: () => object
}
