import { shopsOf } from './shop.ts'

/** L1, names and beauty. */
export const l1 = shopsOf(`
澄境珠宝|Chengjing Jewellers|fashion|珠宝|Jewellery|ring|indigo|-|-|金饰以旧换新，当面称重|Gold exchanged, weighed before you
知夏美妆|Midsummer Beauty|beauty|彩妆|Make-up|lipstick|wine|268|-|先试后买，试色台十二席|Try first at twelve mirrors
雾岛香氛|Misty Isle Scents|beauty|香氛|Fragrance|perfume|plum|320|-|三十种木质调|Thirty kinds of wood
青屿眼镜|Green Isle Eyewear|life|眼镜|Eyewear|glasses|teal|560|-|验光四十分钟不催|A forty-minute eye test, no rush
时序钟表|Shixu Timepieces|fashion|钟表|Watches|watch|ink|-|-|每年一次免费走时检测|A free timing check each year
素手护肤|Bare Hand Skincare|beauty|护肤|Skincare|hand|moss|380|-|成分写在正面|Ingredients on the front label
木质调咖啡|Woodnote Coffee|dining|咖啡|Coffee|cup|brown|36|08:00–22:00|门口一排朝阳的座位|A row of seats in the morning sun
镜水丝绸|Jingshui Silk|fashion|丝绸|Silk|dress|plum|620|-|桑蚕丝巾与睡衣|Mulberry silk, scarves to pyjamas
云麓男装|Yunlu Menswear|fashion|男装|Menswear|shirt|navy|780|-|量体两周可取|Made to measure in two weeks
白栖女装|Baiqi Womenswear|fashion|女装|Womenswear|dress|wine|690|-|通勤的十二种白|Twelve whites for work
鹤归皮鞋|Crane Return Shoes|fashion|皮鞋|Leather shoes|shoe|brown|860|-|固特异缝制，可换底|Welted, can be resoled
远行箱包|Far Travel Luggage|fashion|箱包|Luggage|bag|slate|540|-|轮子终身保修|Wheels guaranteed for life
疏野鞋履|Shuye Footwear|fashion|鞋履|Footwear|shoe|slate|460|-|满 500 减 60|Walks well on stone and grass
棠下首饰|Tangxia Silver|fashion|银饰|Silver|ring|rust|280|-|可刻字，三日取|Engraved in three days
花间医美护肤|Among Flowers Clinic|beauty|轻护肤|Skin care|flower|wine|480|-|持证护理师|Licensed therapists
眉目造型|Brow Studio|beauty|美眉|Brows|brush|plum|168|-|一个人一间|One room for each guest
拾光数码|Shiguang Digital|life|数码|Electronics|phone|indigo|-|-|体验区不限时|Try things as long as you like
半夏汤|Banxia Soups|dining|轻食|Light meals|bowl|moss|48|-|十款炖汤，先尝后点|Ten soups, taste before you order
北门饼屋|North Gate Patisserie|dining|糕点|Pastry|cake|rust|39|08:30–22:00|当天做当天卖|Sold on the day it is made
云顶酒廊|Cloudtop Wines|dining|酒水|Wines|wine|wine|120|11:00–22:00|杯卖三十款|Thirty by the glass
伞与雨|Umbrella & Rain|fashion|配饰|Accessories|umbrella|teal|160|-|晴雨都有一把|One for sun, one for rain
小城邮局|Little Post Office|life|文创|Gifts|book|amber|45|-|写一张寄给明年|Write a card to next year
`)
