-- promise: 每位会员领取不超过限领张数
-- promiseEn: No member holds more coupons of a template than its versions allowed
SELECT c.mallId, c.templateId, c.memberId, COUNT(*) AS claimed, MAX(v.perMember) AS allowed
FROM coupons c JOIN couponTemplateVersions v ON v.templateId = c.templateId AND v.version = c.version
GROUP BY c.mallId, c.templateId, c.memberId HAVING COUNT(*) > MAX(v.perMember);
