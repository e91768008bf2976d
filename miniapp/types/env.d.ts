declare namespace NodeJS {
  interface ProcessEnv {
    /** The face that is being built: `weapp`, `alipay` or `h5`. */
    TARO_ENV: 'weapp' | 'alipay' | 'h5'
    /** Address of the BFF without a trailing slash; empty on H5 (same origin). */
    TARO_APP_API: string
    NODE_ENV: 'development' | 'production' | 'test'
  }
}
