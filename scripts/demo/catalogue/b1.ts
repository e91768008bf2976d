import { shopsOf } from './shop.ts'

/** B1, fresh food and small bites; the corner units come first, ninth and seventeenth. */
export const b1 = shopsOf(`
南巷鲜市|Nanxiang Fresh Market|life|精品超市|Supermarket|cart|jade|86|08:30–22:00|本地时蔬，每天三趟到货|Local greens, three deliveries a day
麦岭面包|Mailing Bakery|dining|烘焙|Bakery|bread|brown|32|08:30–22:00|酸面团与碱水结|Sourdough and pretzels
石臼米线|Stone Mortar Rice Noodles|dining|小吃|Snacks|noodle|crimson|28|-|高汤熬足六小时|Broth simmered for six hours
一碗啥汤|One Bowl of Sha Soup|dining|徐州小吃|Xuzhou snacks|bowl|rust|22|07:30–21:00|早市的味道开到晚上|The taste of the morning market, all day
菜煎饼研究所|Griddle Pancake Lab|dining|徐州小吃|Xuzhou snacks|skewer|amber|18|-|杂粮摊面，菜丝现炒|Coarse-grain batter, vegetables tossed to order
把子肉小馆|Braised Pork House|dining|小吃|Snacks|bowl|wine|31|-|一块肉，一勺汤，一碗饭|One slice, one ladle, one bowl of rice
小满豆花|Xiaoman Tofu Pudding|dining|甜品|Desserts|bowl|moss|19|-|咸甜两吃，石膏点浆|Savoury or sweet, set the old way
丰收谷物|Harvest Grains|life|杂粮|Grains|grain|olive|46|-|现磨五谷粉|Grains milled while you wait
半山果铺|Halfhill Fruits|life|水果|Fruit|leaf|moss|58|09:00–22:00|果子熟了才上架|Only what is ripe
蚝点点|Oyster Points|dining|海鲜小食|Seafood bites|crab|teal|66|-|生蚝现开|Oysters shucked at the counter
野渡茶铺|Ferry Tea Bar|dining|茶饮|Tea drinks|cup|jade|17|-|原叶茶底，少甜更香|Whole-leaf tea, better with less sugar
云朵冰室|Cloud Ice|dining|冰品|Ices|cone|indigo|24|-|当季水果做的雪葩|Sorbet from fruit of the season
串儿胡同|Skewer Lane|dining|小吃|Snacks|skewer|crimson|38|11:00–22:00|炭火小串|Small skewers over charcoal
辣椒公社|Chili Commune|dining|川味小吃|Sichuan bites|chili|rust|34|-|微辣起步，量力而行|Mild to start with, go on at your own risk
鱼丸阿伯|Uncle Fish Ball|dining|小吃|Snacks|fish|navy|26|-|手打鱼丸，弹牙|Hand-beaten and springy
山月素食|Hillmoon Vegetarian|dining|素食|Vegetarian|leaf|moss|45|-|午市八折，时令八菜|Eight seasonal dishes
净物洗护|Jingwu Laundry|life|洗衣|Laundry|hanger|slate|49|09:00–21:30|上午送，晚上取|In by morning, back by evening
微光花店|Glimmer Flowers|life|鲜花|Flowers|flower|plum|88|-|每周二、五到新花|Fresh stems on Tuesdays and Fridays
修补匠|The Mender|life|修鞋配钥匙|Repairs|key|ink|35|-|鞋、包、伞、钥匙|Shoes, bags, umbrellas, keys
壹号手机仓|Phone Depot One|life|数码|Phones|phone|indigo|-|-|维修透明报价|Repairs at posted prices
糯糯团子|Nuonuo Dango|dining|甜品|Desserts|bun|plum|21|-|现舂糯米团|Rice cakes pounded on the spot
老汤卤味|Old Stock Deli|dining|卤味|Deli|bowl|brown|36|-|一锅老汤二十年|One stock, twenty years
阿婆汤圆|Granny's Tangyuan|dining|甜品|Desserts|bun|rust|20|-|黑芝麻现磨|Sesame ground daily
拾米寿司|Ten Grains Sushi|dining|日式小食|Sushi|fish|ink|42|-|外带盒寿司|Sushi boxes to take away
柠檬匠|Lemon Smith|dining|茶饮|Tea drinks|cup|olive|16|-|手打柠檬茶|Hand-pounded lemon tea
票签角|Print Corner|life|打印快印|Printing|book|slate|12|-|证照、文件立等可取|Photos and papers while you wait
`)
