-- promise: 到访次数等于到访日的数目
-- promiseEn: The number of visits is the number of days visited
SELECT s.mallId, s.memberId, s.visits, COALESCE(v.days, 0) AS days
FROM memberships s LEFT JOIN (SELECT mallId, memberId, COUNT(*) AS days FROM memberVisits GROUP BY mallId, memberId) v ON v.mallId = s.mallId AND v.memberId = s.memberId
WHERE s.visits <> COALESCE(v.days, 0);
