import { shopsOf } from './shop.ts'

/** L3, arts and children. */
export const l3 = shopsOf(`
云龙少儿图书馆|Yunlong Children's Library|kids|绘本馆|Picture books|book|teal|-|09:30–21:00|三万册绘本，地板可以坐|Thirty thousand picture books, sit on the floor
糖罐儿|Candy Jar|kids|童装|Children's wear|kite|amber|220|-|耐磨的膝盖|Knees that last
星野童装|Starfield Kids|kids|童装|Children's wear|rocket|indigo|260|-|不扎皮肤的标签|Labels that do not scratch
木木玩具|Mumu Toys|kids|玩具|Toys|blocks|moss|140|-|木头做的一切|Everything in wood
小象积木|Little Elephant Bricks|kids|积木|Bricks|blocks|rust|180|-|一米高的城市|A city one metre tall
萤火科学屋|Firefly Science|kids|科学启蒙|Science|rocket|teal|160|-|周末实验课|Experiments at weekends
纸鸢美术|Paper Kite Art|kids|少儿美术|Children's art|brush|plum|150|-|不打分的画室|A studio without marks
童梦剧场|Dream Stage|kids|亲子剧场|Family theatre|moon|indigo|98|-|周末两场|Two shows at weekends
小鲸鱼游泳|Little Whale Swim|kids|婴幼游泳|Baby swim|fish|navy|188|-|恒温三十二度|Water at 32 °C
汉画拓印馆|Han Rubbing House|culture|拓印体验|Stone rubbing|brush|ink|78|-|拓一张汉代的马|Take home a Han horse
松果童馆|Pinecone Kids|kids|亲子乐园|Play house|bear|brown|128|-|三层滑梯，家长席有咖啡|Three-storey slide, coffee for parents
贝壳照相馆|Shell Studio|kids|亲子摄影|Family photos|film|slate|399|-|底片全送|All negatives included
云龙书画院|Yunlong Ink Academy|culture|书画|Calligraphy|brush|rust|120|-|一字一课|One character, one lesson
琴台乐器|Qintai Instruments|culture|乐器|Instruments|note|wine|-|-|琴房按小时|Practice rooms by the hour
听雨唱片|Rain Records|culture|唱片|Records|note|navy|180|-|试听四台|Four turntables to listen at
棋乐|Qile Board Games|culture|桌游|Board games|key|olive|58|11:00–23:00|新手有人带|Someone teaches beginners
方格影像|Grid Imaging|culture|摄影|Photography|film|ink|260|-|胶片冲扫|Film developed and scanned
手艺人市集|Makers' Market|culture|手作|Handicraft|scissors|amber|90|-|二十位匠人轮流坐堂|Twenty makers take turns
三更书酒|Midnight Books & Bar|culture|书酒馆|Books and bar|moon|indigo|86|17:00–23:30|晚上开门，十一点半打烊|Opens at dusk, closes at half past eleven
墨池文房|Inkpond Stationery|culture|文房|Calligraphy tools|brush|jade|150|-|笔可试写|Try every brush
童鞋工坊|Small Shoe Works|kids|童鞋|Children's shoes|shoe|teal|240|-|三个月免费量脚|Feet measured every three months
亲子下午茶|Family Tea|dining|亲子餐厅|Family café|cup|plum|76|-|儿童椅四十把|Forty high chairs
小鹿烘焙教室|Little Deer Baking|kids|烘焙课|Baking class|cake|wine|138|-|自己做，自己带走|Make it, take it home
拼豆星球|Bead Planet|kids|手工|Crafts|flower|rust|42|-|一小时拼一颗星|A star in an hour
`)
