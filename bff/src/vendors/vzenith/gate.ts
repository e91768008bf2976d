import { z } from 'zod'
import type { Config } from '../../config.ts'
import { sameSecret } from '../../db/sealed.ts'
import { type GatePort, SightingMalformed } from '../../parking/gate.ts'

// Everything that is known of this wire without a document of the maker stands in this file: the plate push and its reply were seen in
// the field; the comet order and the barrier report are read from one adapter and may differ between firmwares.
const Serial = z.string().regex(/^[\w.:-]{1,64}$/)
const PlateId = z.union([z.int().min(0), z.string().max(40).regex(/^[\w.-]+$/)]).transform(String)
const Push = z.object({
  AlarmInfoPlate: z.object({
    serialno: Serial,
    result: z.object({
      PlateResult: z.object({
        license: z.string().max(20), confidence: z.number().min(0).max(100), plateid: PlateId, isoffline: z.union([z.literal(0), z.literal(1)]).default(0), is_fake_plate: z.int().optional(),
        imageFragmentFile: z.string().optional(), timeStamp: z.object({ Timeval: z.object({ sec: z.int().min(0), usec: z.int().min(0).default(0) }) }),
      }),
    }),
  }),
})
const Poll = z.object({ serialno: Serial })
const Report = z.object({ serialno: Serial, commandId: z.string().max(40).optional(), plateid: PlateId.optional(), state: z.enum(['opened', 'closed', 'jammed']) })
const pictureMost = 120_000

const read = <T>(schema: z.ZodType<T>, body: unknown): T => {
  const parsed = schema.safeParse(body)
  if (!parsed.success) throw new SightingMalformed(parsed.error.issues[0]?.path.join('.') ?? 'form')
  return parsed.data
}

/** Vzenith (臻识) cameras: HTTP push, reply opens; orders are fetched by comet polling. */
export function vzenithGate({ vzenith }: Pick<Config, 'vzenith'>): GatePort {
  return {
    isOurs: (secret) => sameSecret(secret, vzenith.pathSecret),
    readSighting: (body) => {
      const { serialno, result: { PlateResult: plate } } = read(Push, body).AlarmInfoPlate
      const { sec, usec } = plate.timeStamp.Timeval
      const picture = plate.imageFragmentFile && plate.imageFragmentFile.length <= pictureMost && /^[A-Za-z0-9+/=]+$/.test(plate.imageFragmentFile) ? `data:image/jpeg;base64,${plate.imageFragmentFile}` : null
      return {
        cameraSerial: serialno, vendorPlateId: plate.plateid, sec, plate: plate.license, confidence: plate.is_fake_plate ? 0 : plate.confidence / 100, offline: plate.isoffline === 1,
        seenAt: new Date(sec * 1000 + Math.floor(usec / 1000)), picture,
      }
    },
    sightingReply: ({ open, vendorPlateId, commandId }) => ({
      Response_AlarmInfoPlate: { info: open ? 'ok' : 'no', plateid: vendorPlateId, channelNum: 0, is_pay: open ? 'true' : 'false', ...(commandId && { commandId }) },
    }),
    readPoll: (body) => read(Poll, body).serialno,
    pollReply: (order) => order
      ? { Response_AlarmInfoPlate: { info: 'ok', channelNum: 0, plateid: order.vendorPlateId ?? order.commandId, commandId: order.commandId, manualTrigger: 'ok' } }
      : { status: 'ok' },
    readReport: (body) => {
      const report = read(Report, body)
      return { cameraSerial: report.serialno, commandId: report.commandId ?? null, vendorPlateId: report.plateid ?? null, state: report.state }
    },
    reportReply: () => ({ status: 'ok' }),
  }
}
