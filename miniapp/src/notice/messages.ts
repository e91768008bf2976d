import { addMessages } from '@/i18n'

addMessages('notice', {
  zh: { title: '消息与公告', kinds: { all: '全部', event: '活动', notice: '公告', urgent: '紧急' }, none: '现在没有公告', noneText: '有新活动时会出现在这里', when: '时间', where: '地点', published: '{time}发布', span: '{from}–{until}', urgent: '紧急通知' },
  en: { title: 'Notices', kinds: { all: 'All', event: 'Events', notice: 'Notices', urgent: 'Urgent' }, none: 'No notices now', noneText: 'New events will appear here', when: 'When', where: 'Where', published: 'Published {time}', span: '{from} – {until}', urgent: 'Urgent notice' },
})
