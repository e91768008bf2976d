-- promise: 核销都在有效期内、在可用门店
-- promiseEn: Every redemption was inside the validity and at a store of the coupon
SELECT r.mallId, r.redemptionId, r.couponId, r.at, r.storeId
FROM redemptions r JOIN coupons c ON c.couponId = r.couponId
JOIN couponTemplateVersions v ON v.templateId = c.templateId AND v.version = c.version
WHERE r.mallId <> c.mallId OR r.at < c.validFrom
  OR (r.paymentId IS NULL AND r.at >= c.validUntil)
  OR (r.paymentId IS NULL) <> (v.kind <> 'parking')
  OR (JSON_LENGTH(v.storeIds) > 0 AND NOT JSON_CONTAINS(v.storeIds, JSON_QUOTE(r.storeId)));
