-- promise: 一个手机号只有一位会员，会员号带校验位且唯一
-- promiseEn: One phone number is one member, and every member number is unique
SELECT COALESCE(MIN(s.mallId), '') AS mallId, HEX(m.phoneIndex) AS phoneIndex, COUNT(DISTINCT m.memberId) AS members
FROM members m LEFT JOIN memberships s ON s.memberId = m.memberId
GROUP BY m.phoneIndex HAVING COUNT(DISTINCT m.memberId) > 1;
