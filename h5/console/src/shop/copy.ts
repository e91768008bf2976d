import { addCopy } from '../platform/copy.ts'

addCopy('shop', {
  name: '店铺', tenant: '商户', floor: '楼层', unit: '铺位', category: '业态', hours: '营业时间', status: '状态', updated: '最近改动', search: '店名、英文名或拼音', empty: '没有店铺', statusOf: { open: '营业', fitting: '装修', closed: '停业' }, edit: '编辑', nameZh: '店名', nameEn: '英文名', summary: '一句介绍', summaryEn: '英文介绍', opensAt: '开门', closesAt: '打烊', reason: '改动原因', reasonHelp: '会记入操作日志', timeForm: '写成 10:00 的样子', saved: '已保存，各端马上更新', time: '例如 10:00',
}, {
  name: 'Shop', tenant: 'Tenant', floor: 'Floor', unit: 'Unit', category: 'Category', hours: 'Hours', status: 'State', updated: 'Last change', search: 'Name or pinyin', empty: 'No shops', statusOf: { open: 'Open', fitting: 'Fitting out', closed: 'Closed' }, edit: 'Edit', nameZh: 'Name', nameEn: 'English name', summary: 'In a line', summaryEn: 'In English', opensAt: 'Opens', closesAt: 'Closes', reason: 'Reason', reasonHelp: 'Kept in the audit log', timeForm: 'Write it like 10:00', saved: 'Saved; every face shows it now', time: 'e.g. 10:00',
})
