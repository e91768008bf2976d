/** Style sheets of the host itself: defaults of the built-in elements, and the phone around the pages. */

/** What WeChat's own base style gives each built-in element. */
export const WIDGET_CSS = `
html{-webkit-text-size-adjust:100%}
body{margin:0;background:#fff;font-family:-apple-system,"PingFang SC","Noto Sans CJK SC",sans-serif;font-size:16px;line-height:normal}
wx-page{display:block;position:absolute;inset:0;overflow-x:hidden;overflow-y:auto;background:#fff;scrollbar-width:none;overflow-wrap:break-word}
wx-page *{scrollbar-width:none}
wx-view,wx-scroll-view,wx-swiper,wx-swiper-item,wx-form,wx-picker,wx-rich-text,wx-navigator,wx-radio-group,wx-checkbox-group,wx-picker-view,wx-picker-view-column,wx-cover-view,wx-movable-area,wx-web-view,wx-root-portal,wx-map,wx-video{display:block}
wx-label{display:inline}wx-text{white-space:pre-line}
wx-image{display:inline-block;overflow:hidden;width:320px;height:240px;vertical-align:baseline}
wx-image[mode=widthFix],wx-image[mode=heightFix]{height:auto;line-height:0}
wx-button{display:block;position:relative;margin-left:auto;margin-right:auto;padding:0 14px;box-sizing:border-box;font-size:18px;text-align:center;line-height:2.55555556;border-radius:5px;overflow:hidden;color:#000;background:#f8f8f8;box-shadow:inset 0 0 0 .5px rgba(0,0,0,.2)}
wx-button[type=primary]{color:#fff;background:#07c160}wx-button[type=warn]{color:#fff;background:#ee0a24}wx-button[disabled]{color:rgba(0,0,0,.3);background:#f7f7f7}
wx-button[plain]{background:transparent;border:1px solid currentColor}wx-button[size=mini]{display:inline-block;line-height:2.3;font-size:13px;padding:0 1.34em}
wx-input{display:block;overflow:hidden;height:1.4rem;min-height:1.4rem;line-height:1.4;text-overflow:clip}
wx-textarea{display:block;position:relative;width:300px;height:150px;overflow:hidden}
wx-scroll-view{overflow:hidden}wx-scroll-view[scroll-y]{overflow-y:auto}wx-scroll-view[scroll-x]{overflow-x:auto}
wx-swiper{overflow:hidden;position:relative;height:150px}wx-swiper-item{overflow:hidden;height:100%}
wx-canvas{display:block;width:300px;height:150px;overflow:hidden}
wx-icon,wx-switch,wx-checkbox,wx-radio{display:inline-block;vertical-align:middle}wx-slider,wx-progress{display:block;margin:10px 18px;padding:0}
wx-block,wx-slot{display:contents}[hidden]{display:none!important}`

/** The phone: bars, frames, dialogs. */
export const PHONE_CSS = `
.host-screen{position:fixed;inset:0;overflow:hidden;background:#fff}
.host-frame{position:absolute;left:0;overflow:hidden;transform:translateZ(0)}
.host-nav{position:absolute;z-index:900;top:0;left:0;right:0;pointer-events:none}
.host-status{display:flex;justify-content:space-between;align-items:center;padding:4px 26px 0 32px;box-sizing:border-box;font-weight:600;font-size:16px}
.host-battery{width:24px;height:11px;border:1px solid currentColor;border-radius:4px;box-shadow:inset 0 0 0 1.5px transparent;background:currentColor;background-clip:content-box;padding:1.5px;box-sizing:border-box}
.host-nav-row{position:relative;height:44px}
.host-title{position:absolute;inset:0 110px;line-height:44px;text-align:center;font-size:17px;font-weight:600;white-space:nowrap;overflow:hidden;text-overflow:ellipsis}
.host-back{position:absolute;left:18px;top:16px;width:11px;height:11px;border-left:2px solid currentColor;border-bottom:2px solid currentColor;transform:rotate(45deg)}
.host-capsule{position:absolute;right:10px;top:4px;width:87px;height:32px;box-sizing:border-box;border:.5px solid rgba(0,0,0,.1);border-radius:16px;background:rgba(255,255,255,.6)}
.host-capsule::before{content:"";position:absolute;left:13px;top:12px;width:22px;height:7px;background:radial-gradient(circle at 3px 3.5px,#000 1.8px,transparent 2.2px),radial-gradient(circle at 11px 3.5px,#000 2.8px,transparent 3.2px),radial-gradient(circle at 19px 3.5px,#000 1.8px,transparent 2.2px)}
.host-capsule::after{content:"";position:absolute;right:15px;top:8px;width:14px;height:14px;box-sizing:border-box;border:2px solid #000;border-radius:50%;background:radial-gradient(#000 2.5px,transparent 3px)}
.host-tabs{position:absolute;z-index:900;left:0;right:0;bottom:0;display:flex;box-shadow:0 -.5px 0 rgba(0,0,0,.15)}
.host-tab{position:relative;flex:1;height:49px;display:flex;flex-direction:column;align-items:center;justify-content:center;gap:3px}
.host-tab img{width:27px;height:27px}.host-tab-text{font-size:10px;line-height:12px}
.host-badge{position:absolute;top:3px;left:56%;min-width:16px;padding:0 4px;box-sizing:border-box;border-radius:8px;background:#fa5151;color:#fff;font-size:10px;line-height:16px;text-align:center}
.host-dialog{position:absolute;inset:0;z-index:1000;display:flex;align-items:center;justify-content:center;font-size:16px}
.host-toast,.host-loading{pointer-events:none}.host-toast-text{max-width:60%;padding:14px 18px;border-radius:10px;background:rgba(76,76,76,.95);color:#fff;text-align:center}
.host-modal,.host-sheet{background:rgba(0,0,0,.5)}
.host-modal-card{width:300px;border-radius:12px;background:#fff;text-align:center;overflow:hidden}
.host-modal-title{padding:28px 24px 12px;font-weight:600}.host-modal-content,.host-modal-input{padding:0 24px 28px;color:rgba(0,0,0,.6);white-space:pre-line}
.host-modal-actions{display:flex;border-top:.5px solid rgba(0,0,0,.12);line-height:54px;font-weight:600}.host-modal-actions>*{flex:1}.host-modal-confirm{color:#576b95;border-left:.5px solid rgba(0,0,0,.12)}
.host-sheet{align-items:flex-end}.host-sheet-card{width:100%;padding-bottom:34px;border-radius:12px 12px 0 0;background:#fff;text-align:center;line-height:56px}
.host-sheet-title{color:rgba(0,0,0,.5);font-size:12px}.host-sheet-item{border-top:.5px solid rgba(0,0,0,.1)}`
