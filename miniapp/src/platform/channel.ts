/** Which face this build is. A constant at build time, so that the other branches fall away. */
export const channel = process.env.TARO_ENV

/** The channel word of the contract. */
export type Channel = 'weapp' | 'alipay' | 'h5'
