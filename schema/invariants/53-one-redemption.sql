-- promise: 一张券同一时间最多只有一次有效核销，状态一致
-- promiseEn: A coupon is redeemed exactly when one redemption of it stands
SELECT c.mallId, c.couponId, c.state, COUNT(r.redemptionId) AS standing
FROM coupons c LEFT JOIN redemptions r ON r.couponId = c.couponId AND r.state = 'redeemed'
GROUP BY c.mallId, c.couponId, c.state
HAVING COUNT(r.redemptionId) <> (CASE WHEN c.state = 'redeemed' THEN 1 ELSE 0 END);
