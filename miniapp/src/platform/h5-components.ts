// H5 only. Taro registers every export of '@tarojs/components' as a Vue component; this names the ones we and NutUI use (Swiper alone is 56 KB gzipped).
export { View, Text, Image, Button, Input, Textarea, ScrollView, Form, Label, Block, Slot, RichText, Switch } from '@tarojs/components/lib/vue3/components'
