import { addMessages } from '@/i18n'

addMessages('shop', {
  zh: { title: '逛店', search: '搜店名、拼音或品类', average: '人均 ¥{yuan}', until: '营业至 {time}', closed: '已打烊', open: '营业中', all: '全部', allFloors: '全部楼层', count: '{n} 家店', none: '没有找到这样的店', noneText: '换个词，或看看别的楼层', clear: '清除条件', hours: '营业时间', where: '位置', call: '打电话', coupons: '本店优惠券', about: '关于这家店', noPhone: '没有留电话', offer: '优惠', get: '去领取', floorUnit: '{unit}' },
  en: { title: 'Shops', search: 'Name, pinyin or category', average: '¥{yuan} each', until: 'Open until {time}', closed: 'Closed', open: 'Open', all: 'All', allFloors: 'All floors', count: '{n} shops', none: 'No such shop', noneText: 'Try another word or another floor', clear: 'Clear', hours: 'Hours', where: 'Where', call: 'Call', coupons: 'Coupons here', about: 'About', noPhone: 'No phone number', offer: 'Offer', get: 'Get it', floorUnit: 'Unit {unit}' },
})
