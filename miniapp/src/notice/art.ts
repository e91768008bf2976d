const drawn = ['market', 'tea', 'rubbing', 'music', 'kids', 'notice']

/** The drawing of a notice; a name this face does not know gets the atrium. */
export const noticeArt = (name: string): string => `art-event-${drawn.includes(name.replace(/^event-/, '')) ? name.replace(/^event-/, '') : 'notice'}`
