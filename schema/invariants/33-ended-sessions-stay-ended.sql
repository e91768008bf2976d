-- promise: 一个会话最多只有一个可用的续期令牌
-- promiseEn: A session has at most one refresh token that still works
SELECT s.mallId, s.sessionId, COUNT(*) AS working
FROM memberSessions s JOIN refreshTokens t ON t.sessionId = s.sessionId AND t.usedAt IS NULL
GROUP BY s.mallId, s.sessionId HAVING COUNT(*) > 1;
