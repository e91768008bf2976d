import { readFileSync } from 'node:fs'

const read = (name: string): string => readFileSync(new URL(`./assets/${name}`, import.meta.url)).toString('base64')
const PICTURES = { blue: { car: read('car-blue.jpg'), plate: read('plate-blue.jpg') }, green: { car: read('car-green.jpg'), plate: read('plate-green.jpg') } }
const of = (colorType: number) => (colorType === 5 ? PICTURES.green : PICTURES.blue)

/** What the camera saw: a small JPEG of a car at the gate, base64. The same car each time; the plate is out of focus. */
export const carPicture = (colorType: number): string => of(colorType).car

/** The plate cut out of it. */
export const platePicture = (colorType: number): string => of(colorType).plate
