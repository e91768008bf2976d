import { addMessages } from '@/i18n'

addMessages('identity', {
  zh: {
    title: '加入会员', head: '一步加入云龙天地', text: '用手机号注册，领券、积分、停车一个会员码', phone: '手机号', phoneHint: '11 位手机号', code: '验证码', codeHint: '短信里的 6 位数字', send: '获取验证码', again: '{n} 秒后重发', resend: '重新获取', sent: '验证码已发出，{n} 分钟内有效', submit: '登录 / 注册', wechat: '微信手机号一键登录', alipay: '支付宝手机号一键登录', declined: '没有得到手机号。你仍可以逛店、看券，需要时再加入', noCode: '没有连上{app}，请重试', wechatName: '微信', alipayName: '支付宝',
    agree: '我已阅读并同意', notice: '《隐私说明》', needAgree: '请先阅读并同意隐私说明', browse: '先逛逛', why: '为什么要手机号', whyText: '同一个手机号在微信、支付宝和网页里是同一位会员，券和停车记录不会分开。', welcome: '欢迎回来', phoneWrong: '请输入正确的手机号', tries: '还可以再试 {n} 次',
    privacy: '隐私说明', version: '版本 {version} · {day}起生效', mine: '我的同意', purposes: { membership: '会员服务', personalisation: '个性化推荐', marketing: '活动与优惠通知' }, purposeText: { membership: '注册、积分、券和停车所必需', personalisation: '按你的喜好排列店铺和券', marketing: '通过短信和消息告诉你优惠' }, grantedAt: '{time}同意', never: '未同意', needed: '会员服务所必需，退出会员后停止', agreed: '同意并继续', on: '已开启', off: '已关闭',
  },
  en: {
    title: 'Join', head: 'Join Atrium Yunlong in one step', text: 'One phone number, one code for coupons, points and parking', phone: 'Phone', phoneHint: '11 digits', code: 'Code', codeHint: '6 digits from the message', send: 'Send code', again: 'Again in {n} s', resend: 'Send again', sent: 'Sent, valid for {n} minutes', submit: 'Sign in', wechat: 'Continue with WeChat phone', alipay: 'Continue with Alipay phone', declined: 'No phone number. You can still look around and join when you need it', noCode: '{app} did not answer, please try again', wechatName: 'WeChat', alipayName: 'Alipay',
    agree: 'I have read and accept the', notice: 'privacy notice', needAgree: 'Please read and accept the privacy notice first', browse: 'Look around first', why: 'Why a phone number', whyText: 'The same number is the same member on WeChat, Alipay and the web, so coupons and parking stay together.', welcome: 'Welcome back', phoneWrong: 'Please enter a valid phone number', tries: '{n} tries left',
    privacy: 'Privacy notice', version: 'Version {version}, in force from {day}', mine: 'What I agreed to', purposes: { membership: 'Membership', personalisation: 'Recommendations', marketing: 'Offers and events' }, purposeText: { membership: 'Needed for joining, points, coupons and parking', personalisation: 'Shops and coupons in the order you like', marketing: 'Offers by SMS and messages' }, grantedAt: 'Agreed {time}', never: 'Not agreed', needed: 'Needed for membership', agreed: 'Accept and go on', on: 'On', off: 'Off',
  },
})
