import { addCopy } from '../platform/copy.ts'

addCopy('gallery', { title: '控制台组件', name: '名称', state: '状态', amount: '金额', at: '时间', stock: '库存', empty: '还没有记录' }, { title: 'Console components', name: 'Name', state: 'State', amount: 'Amount', at: 'Time', stock: 'Stock', empty: 'Nothing yet' })
