import { shopsOf } from './shop.ts'

/** L4, tables and cinema. */
export const l4 = shopsOf(`
野渡咖啡|Ferry Coffee|dining|咖啡|Coffee|cup|navy|36|09:00–22:00|露台看云龙湖的方向|A terrace towards Yunlong Lake
云上江南|Cloud Jiangnan|dining|江浙菜|Jiangzhe|fish|teal|108|11:00–21:30|湖鲜当天到|Lake fish of the day
辣府|House of Heat|dining|川菜|Sichuan|chili|crimson|92|11:00–22:00|辣度五档|Five levels of heat
一绪寿喜烧|Issho Sukiyaki|dining|日料|Japanese|hotpot|wine|168|11:00–22:00|和牛按克称|Wagyu by the gram
炭本烤肉|Charcoal Origin Grill|dining|烤肉|Grill|skewer|brown|118|11:00–22:30|果木炭|Fruitwood charcoal
彭城汤包|Pengcheng Soup Buns|dining|小吃|Buns|bun|amber|34|07:30–21:30|一笼六只，先开窗后喝汤|Six to a basket, mind the soup
半盏潮汕|Half Cup Chaoshan|dining|潮汕菜|Chaoshan|crab|teal|126|11:00–22:00|牛肉按部位上|Beef served by the cut
松间火锅|Among Pines Hotpot|dining|火锅|Hotpot|hotpot|crimson|98|11:00–23:00|菌汤锅底免费续|Mushroom broth refilled free
素手小厨|Plain Hand Kitchen|dining|家常菜|Home cooking|bowl|moss|66|11:00–21:30|三菜一汤四人餐|Three dishes and a soup for four
湘遇|Meet Hunan|dining|湘菜|Hunan|chili|rust|78|11:00–22:00|小炒不过夜|Nothing kept overnight
粤小厨|Little Canton|dining|粤菜|Cantonese|teapot|jade|96|09:30–21:30|早茶到下午两点|Dim sum until two
老灶台地锅鸡|Old Hearth Griddle Chicken|dining|徐州菜|Xuzhou cuisine|bowl|rust|72|11:00–22:00|贴饼现贴，一锅两味|Flatbreads pressed on the pot
云龙影城|Yunlong Cinema|culture|影院|Cinema|film|indigo|48|09:30–00:30|九厅，激光巨幕一厅|Nine halls, one giant screen
回声量贩|Echo Karaoke|culture|歌厅|Karaoke|note|plum|88|12:00–02:00|包房按小时|Rooms by the hour
大碗西北|Big Bowl Northwest|dining|西北菜|Northwest|noodle|olive|58|10:30–22:00|面可续一次|One free refill of noodles
麻雀小面|Sparrow Noodles|dining|重庆小面|Noodles|noodle|crimson|26|10:00–22:00|红汤、清汤、干溜|Red, clear or dry
披萨作坊|Pizza Workshop|dining|西餐|Pizza|cake|moss|86|11:00–22:00|面团发酵四十八小时|Dough proved for 48 hours
月下酒馆|Under the Moon|dining|酒馆|Tavern|wine|indigo|110|17:00–01:00|驻唱每晚八点半|Live songs at half past eight
夜航电玩|Night Flight Arcade|culture|电玩|Arcade|rocket|navy|60|10:00–23:00|怀旧机台四十台|Forty old machines
壹席素斋|One Seat Vegetarian|dining|素食|Vegetarian|leaf|jade|88|11:00–21:00|一人一席|Set meals for one
鱼你同行|With the Fish|dining|烤鱼|Grilled fish|fish|navy|84|11:00–22:00|活鱼现杀|Straight from the tank
椰风甜品|Coconut Breeze|dining|甜品|Desserts|cone|teal|33|11:00–22:30|椰子当天开|Coconuts opened daily
茶与面|Tea & Noodles|dining|面馆|Noodles|teapot|brown|38|10:30–21:30|一壶茶，一碗面|A pot of tea, a bowl of noodles
`)
