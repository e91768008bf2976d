-- promise: 发布中的券模板由提交人以外的人批准
-- promiseEn: What is published was approved by someone who neither wrote nor submitted it
SELECT t.mallId, t.templateId, t.state, t.approvedById
FROM couponTemplates t
WHERE t.state IN ('approved', 'published', 'paused') AND (t.approvedById IS NULL OR t.approvedById = t.createdById OR t.approvedById = t.submittedById);
