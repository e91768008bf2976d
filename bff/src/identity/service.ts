/** Who people are: how they sign in, their sessions, what others may see of them, and their tier in each mall. */
export { type Session, authenticateMember, listSessions, refreshSession, revokeSession, signOut } from './service/sessions.ts'
export { signInByAlipay, signInByWechat } from './service/sign-in.ts'
export { sendCode, signInBySms } from './service/sms.ts'
export { type Person, type PersonRow, editProfile, fullPhoneOf, maskSealedPhone, memberLabels, parkingHoursOf, payerOf, personOf, personsById, phoneIndexOf, profileOf, recordVisit, refuseStranger, setTier, tierOf, tiersOf } from './service/people.ts'
