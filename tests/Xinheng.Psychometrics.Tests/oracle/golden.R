# Reliability, item statistics and intraclass correlations of answers.csv, written to golden.csv as name,value.
# R 4.2.2 with psych 2.2.9 (Debian r-cran-psych) and GPArotation 2022.10.2.
suppressWarnings(suppressMessages(library(psych)))
d <- read.csv("answers.csv")
items <- paste0("q", 1:8)
keyed <- d[, items]
keyed[, c("q3", "q6")] <- 4 - keyed[, c("q3", "q6")]
out <- data.frame(name = character(), value = numeric())
put <- function(name, value) out[nrow(out) + 1, ] <<- list(name, as.numeric(value))
quiet <- function(e) suppressWarnings(suppressMessages(e))

describe_scale <- function(label, x, use) {
  a <- quiet(alpha(x, check.keys = FALSE, use = use, warnings = FALSE))
  put(paste(label, "alpha"), a$total$raw_alpha)
  put(paste(label, "alphaStandardized"), a$total$std.alpha)
  put(paste(label, "lambda6"), a$total$`G6(smc)`)
  for (i in rownames(a$item.stats)) put(paste(label, "alphaIfDropped", i), a$alpha.drop[i, "raw_alpha"])
}

complete <- keyed[complete.cases(keyed), ]
put("all n", nrow(complete))
describe_scale("all", complete, "complete.obs")
describe_scale("pairwise", keyed, "pairwise")
for (s in c("f", "m")) {
  part <- keyed[d$sex == s, ]
  part <- part[complete.cases(part), ]
  put(paste(s, "n"), nrow(part))
  describe_scale(s, part, "complete.obs")
}
feldt <- alpha.ci(alpha(complete)$total$raw_alpha, nrow(complete), 8, p.val = .05)
put("all feldt lower", feldt$lower.ci)
put("all feldt upper", feldt$upper.ci)
s <- quiet(splitHalf(complete, covar = TRUE))
put("all split mean", s$meanr)
put("all split max", s$maxrb)
put("all split min", s$minrb)
g <- quiet(splitHalf(complete, covar = FALSE))
put("all lambda4", g$maxrb)
put("all lambda2", quiet(guttman(cor(complete)))$lambda.2)
put("all sem", sd(rowSums(complete)) * sqrt(1 - alpha(complete)$total$raw_alpha))
o <- quiet(omega(complete, nfactors = 3, plot = FALSE))
put("all omegaTotal", o$omega.tot)
put("all omegaHierarchical", o$omega_h)
for (i in items) {
  x <- complete[[i]]
  put(paste("all mean", i), mean(x))
  put(paste("all sd", i), sd(x))
  put(paste("all skew", i), mean((x - mean(x))^3) / sd(x)^3)
  put(paste("all itemRest", i), cor(x, rowSums(complete[, setdiff(items, i)])))
  put(paste("all floor", i), mean(x == 0))
  put(paste("all missing", i), mean(is.na(keyed[[i]])))
}

# Four items as if they were four raters of the same thing, and two as two occasions.
ratings <- keyed[, c("q1", "q2", "q4", "q7")]
icc <- quiet(ICC(ratings[complete.cases(ratings), ], lmer = FALSE))$results
for (r in seq_len(nrow(icc))) {
  put(paste("icc", icc$type[r]), icc$ICC[r])
  put(paste("icc lower", icc$type[r]), icc$`lower bound`[r])
  put(paste("icc upper", icc$type[r]), icc$`upper bound`[r])
}
test <- cor.test(keyed$q1, keyed$q2)
put("retest r", test$estimate)
put("retest lower", test$conf.int[1])
put("retest upper", test$conf.int[2])
change <- keyed$q2 - keyed$q1
put("retest change", mean(change, na.rm = TRUE))
put("retest sd", sd(change, na.rm = TRUE))
put("retest sem", sd(change, na.rm = TRUE) / sqrt(2))

write.csv(data.frame(name = out$name, value = trimws(formatC(out$value, digits = 15, format = "g"))), "golden.csv", row.names = FALSE, quote = FALSE)
