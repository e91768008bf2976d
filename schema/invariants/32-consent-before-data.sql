-- promise: 每位会员入会时都已同意隐私声明
-- promiseEn: Every membership has a recorded consent no later than its beginning
SELECT s.mallId, s.memberId, s.joinedAt
FROM memberships s
WHERE NOT EXISTS (SELECT 1 FROM consents c WHERE c.memberId = s.memberId AND c.purpose = 'membership' AND c.granted AND c.at <= s.joinedAt);
