# Writes <id>.answers.csv: random people around every band start with every number of blanks, every critical answer,
# cells that cannot be read. Base R only, seeded; run here before score.R:  Rscript make-answers.R
source("keys.R")
RNGversion("4.0.0")
set.seed(20261123)

# Codes of k items whose sum is s, at random.
with_sum <- function(k, s, codes) {
  v <- rep(min(codes), k)
  while (sum(v) < s) { i <- sample.int(k, 1); if (v[i] < max(codes)) v[i] <- v[i] + 1 }
  v
}
pick <- function(from, n = 1) from[sample.int(length(from), n, replace = TRUE)]
age_near <- function(key) { edge <- key$age[is.finite(key$age)]; pick(c("", 15, 20, edge - 1, edge, edge + 1)) }
write <- function(id, rows) {
  m <- do.call(rbind, rows)
  d <- data.frame(id = seq_len(nrow(m)), age = sapply(seq_len(nrow(m)), function(i) age_near(keys[[id]])), m)
  names(d) <- c("id", "age", as.character(keys[[id]]$items))
  write.csv(d, paste0(id, ".answers.csv"), row.names = FALSE, quote = FALSE)
}

for (id in setdiff(names(keys), "psqi")) {
  key <- keys[[id]]; n <- length(key$items); low <- min(key$codes); high <- max(key$codes)
  rows <- list(); add <- function(v) rows[[length(rows) + 1]] <<- as.character(v)
  any <- function() pick(key$codes, n)
  stored <- function(v) { if (length(key$reverse)) v[key$reverse] <- low + high - v[key$reverse]; v }
  scales <- c(key$scales, list(total = switch(id, mht = 1:90, `sdq-self` = unlist(key$scales[1:4]), `scl-90` = 1:90, NULL)))
  if (id == "mht") scales$total <- setdiff(1:100, seq(82, 100, 2))
  factor <- switch(id, `dass-21` = 2, 1)
  for (scale in names(scales)) {
    items <- scales[[scale]]; k <- length(items); if (k == 0) next
    starts <- key$bands[[scale]]
    if (is.null(starts)) starts <- if (id == "scl-90") key$bands$factor * k else if (scale == "validity-scale") c(0, 7) else key$bands$content
    for (target in sort(unique(pmin(pmax(outer(ceiling(starts / factor), -1:1, `+`), k * low), k * high))))
      for (blanks in sort(unique(pmin(c(0, 1, key$limit, key$limit + 1, k), k)))) {
        v <- any(); v[items] <- with_sum(k, target, key$codes); v <- as.character(stored(v))
        v[sample(items, blanks)] <- ""
        add(v)
      }
  }
  if (id == "scl-90") for (count in c(0, 1, 42:45, 89, 90)) for (i in 1:3) { v <- rep(1, n); v[sample.int(n, count)] <- pick(2:5, count); add(v) }
  for (rule in key$critical) for (cell in c(key$codes, "", "x", "99")) for (i in 1:5) { v <- as.character(any()); v[rule[[1]]] <- cell; add(v) }
  for (code in key$codes) add(rep(code, n))
  add(rep("", n)); add(rep("x", n)); add(rep("99", n))
  for (i in 1:150) add(any())
  for (i in 1:150) { v <- as.character(any()); v[sample.int(n, sample.int(max(2, n %/% 8), 1))] <- ""; add(v) }
  for (i in 1:60) { v <- as.character(any()); v[sample.int(n, 3)] <- pick(c("x", "99", ""), 3); add(v) }
  write(id, rows)
}

clock <- function(minute) sprintf("%d:%02d", (minute %% 1440) %/% 60, minute %% 60)
rows <- list(); add <- function(v) rows[[length(rows) + 1]] <<- as.character(v)
person <- function(bed = sample(c(1200:1439, 0:120), 1), minutes = sample(240:660, 1), latency = sample(0:120, 1), hours = sample(0:1100, 1) / 100, steps = pick(0:3, 14))
  c(clock(bed), latency, clock(bed + minutes), format(hours), steps)
for (latency in c(0, 14:16, 29:31, 59:61, 1440)) for (a in 0:3) { v <- person(latency = latency); v[5] <- a; add(v) }
for (hours in c(0, 4.99, 5, 5.01, 5.99, 6, 6.01, 6.99, 7, 7.01, 24)) for (i in 1:3) add(person(hours = hours))
for (minutes in c(480, 600, 500, 437)) for (cut in c(65, 75, 85, 100)) for (d in -1:1) add(person(minutes = minutes, hours = (floor(minutes * cut / 60) + d) / 100))
for (minutes in c(1, 1439, 1440)) add(person(minutes = minutes))
for (sum in c(0, 1, 2, 8:11, 17:20, 27)) { v <- person(); v[6:14] <- with_sum(9, sum, 0:3); add(v) }
for (sum in 0:6) { v <- person(); v[17:18] <- with_sum(2, sum, 0:3); add(v) }
for (q in 1:18) for (cell in c("", "x", if (q %in% c(1, 3)) c("24:00", "7:60", "0:00") else if (q == 2) c("1441", "-1") else if (q == 4) c("24.01", "7h") else "4")) for (i in 1:2) { v <- person(); v[q] <- cell; add(v) }
add(rep("", 18)); add(rep("x", 18))
for (i in 1:300) add(person())
for (i in 1:300) add(person(hours = sample(500:900, 1) / 100, latency = sample(0:40, 1), steps = pick(c(0, 0, 0, 1, 1, 2), 14)))
for (i in 1:100) { v <- person(); v[sample.int(18, sample.int(4, 1))] <- ""; add(v) }
write("psqi", rows)
