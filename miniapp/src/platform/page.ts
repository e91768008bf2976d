export { useDidShow as onPageShow, useDidHide as onPageHide, useReachBottom as onPageEnd } from '@tarojs/taro'
