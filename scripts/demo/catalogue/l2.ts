import { shopsOf } from './shop.ts'

/** L2, living and wear. */
export const l2 = shopsOf(`
南巷百货|Nanxiang General Store|life|生活百货|General store|bag|jade|120|-|好用的日常|Everyday things that work
鹿行户外|Deertrail Outdoor|fashion|户外运动|Outdoor|antler|jade|520|-|满 500 减 80，每月带走一条山路|A new hill path each month
素问衣坊|Suwen Atelier|fashion|女装|Womenswear|shirt|plum|430|-|棉麻四季|Cotton and linen, four seasons
山雀咖啡|Titmouse Coffee|dining|咖啡|Coffee|bird|amber|38|09:00–22:00|买一赠一，手冲与烘焙|Pour-over and bakes
白鹭女装|Egret Womenswear|fashion|女装|Womenswear|dress|teal|390|-|尺码从 34 到 46|Sizes 34 to 46
墨跑|Inkrun|fashion|跑步装备|Running|shoe|ink|560|-|周三夜跑从南门出发|Wednesday runs start at the South Door
远山登山社|Far Hill Climbing|fashion|户外运动|Outdoor|mountain|slate|680|-|冰爪、绳索可租|Crampons and ropes for hire
棉语家纺|Cotton Talk Home|life|家纺|Bedding|cloud|navy|360|-|枕头可试睡一周|Try a pillow for a week
栗子皮具|Chestnut Leather|fashion|皮具|Leather|bag|brown|420|-|染色十二道|Dyed in twelve passes
一衣带水|Narrow Water|fashion|男装|Menswear|hanger|navy|410|-|衬衫有七种领|Shirts with seven collars
衡力健身|Hengli Fitness|culture|健身|Fitness|dumbbell|ink|99|07:00–22:30|单次、月卡、私教|By the visit, month or coach
银杏首饰|Ginkgo Jewellery|fashion|首饰|Jewellery|ring|olive|340|-|叶脉做的链子|Chains from leaf veins
云朵家居|Cloud Home|life|家居|Homeware|cloud|teal|260|-|灯光分早中晚|Light for morning, noon and night
采采茶事|Caicai Tea|dining|茶馆|Tea house|teapot|rust|68|-|六人茶席可订|A table for six can be booked
月台裤装|Platform Trousers|fashion|裤装|Trousers|hanger|indigo|280|-|当场改裤脚|Hemmed on the spot
小灯匠|Little Lamp Maker|life|灯具|Lamps|lamp|amber|320|-|老灯也修|Old lamps mended too
折纸内衣|Origami Intimates|fashion|内衣|Intimates|dress|wine|210|-|量尺单间|Private fitting rooms
青禾床品|Green Rice Linen|life|床品|Linen|leaf|moss|480|-|水洗棉|Washed cotton
半亩书店|Half-Acre Books|culture|书店|Books|book|jade|62|09:30–22:00|地方志在最里面一排|Local history in the last row
原木造物|Solid Wood Works|life|家具|Furniture|chair|brown|-|-|榫卯家具|Joined without nails
简衣橱|Plain Wardrobe|fashion|女装|Womenswear|hanger|slate|330|-|衣橱整理师驻店|A wardrobe planner in store
宠物邮差|Pet Postman|life|宠物|Pets|paw|amber|88|-|洗护可预约|Grooming by appointment
橘猫文具|Ginger Cat Stationery|life|文具|Stationery|cat|rust|36|-|纸样可摸|Touch every paper
禾下面包|Under the Grain|dining|面包|Bread|bread|amber|29|08:30–22:00|每两小时一炉|A batch every two hours
小窑陶艺|Little Kiln|culture|陶艺|Pottery|vase|moss|128|-|拉坯一小时，烧好寄到家|An hour at the wheel, fired and posted
`)
