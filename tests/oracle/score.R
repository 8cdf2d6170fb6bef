# Scores <id>.answers.csv into <id>.scores.csv, from the published keys. Base R only; run here:  Rscript score.R
# A blank cell was skipped; "x" cannot be read; a number the item does not have is out of range.
source("keys.R")
number <- function(cell) suppressWarnings(as.numeric(cell))

read <- function(id) read.csv(paste0(id, ".answers.csv"), colClasses = "character", check.names = FALSE, na.strings = character(0))
band <- function(value, starts) ifelse(is.na(value), "", names(starts)[findInterval(value, starts)])
grave <- c("code-out-of-range", "unreadable", "too-few-answers", "undefined", "prorated", "ok")
gravest <- function(...) grave[pmin.int(...)]
rank <- function(status) match(status, grave)

# Why each cell has no number: "" when it has one.
why <- function(cell, codes) ifelse(cell == "", "blank", ifelse(!grepl("^[0-9]+$", cell), "unreadable", ifelse(cell %in% as.character(codes), "", "range")))

status_of <- function(w, items, limit) {
  w <- w[, items, drop = FALSE]
  open <- rowSums(w != "")
  ifelse(rowSums(w == "range") > 0, "code-out-of-range", ifelse(rowSums(w == "unreadable") > 0, "unreadable",
    ifelse(open > limit, "too-few-answers", ifelse(open > 0, "prorated", "ok"))))
}

sum_of <- function(x, w, items, limit) {
  status <- status_of(w, items, limit)
  answered <- rowSums(w[, items] == "")
  sum <- rowSums(x[, items], na.rm = TRUE)
  value <- ifelse(status == "ok", sum, ifelse(status == "prorated", floor(sum * length(items) / answered + 0.5), NA))
  list(value = value, status = status)
}

critical_of <- function(x, w, rule) {
  item <- rule[[1]]
  ifelse(w[, item] == "blank", "unknown", ifelse(w[, item] != "", "unreadable", ifelse(x[, item] %in% rule[[2]], "yes", "no")))
}

# One score as columns; outside the population there is a value and no band.
column <- function(name, score, starts, outside) {
  has <- !is.na(score$value)
  bands <- if (is.null(starts)) rep("", length(has)) else ifelse(outside, "", band(score$value, starts))
  status <- ifelse(has & outside, "outside-population", score$status)
  out <- data.frame(ifelse(has, format(score$value, digits = 17, trim = TRUE, scientific = FALSE), ""), bands, status)
  names(out) <- paste0(name, c("", "_band", "_status"))
  out
}

for (id in names(keys)) {
  key <- keys[[id]]
  d <- read(id)
  age <- number(d$age)
  outside <- !is.na(age) & (age < key$age[1] | age > key$age[2])
  cell <- as.matrix(d[, -(1:2)])
  scores <- list(); starts <- list(); states <- list()
  if (id == "psqi") {
    w <- cell; x <- matrix(NA_real_, nrow(cell), ncol(cell)); colnames(w) <- colnames(x) <- key$items
    for (q in c("1", "3")) {
      part <- strsplit(ifelse(grepl("^[0-9]{1,2}:[0-9]{2}$", cell[, q]), cell[, q], "0:00"), ":")
      h <- as.numeric(sapply(part, `[`, 1)); m <- as.numeric(sapply(part, `[`, 2))
      w[, q] <- ifelse(cell[, q] == "", "blank", ifelse(!grepl("^[0-9]{1,2}:[0-9]{2}$", cell[, q]), "unreadable", ifelse(h > 23 | m > 59, "range", "")))
      x[, q] <- ifelse(w[, q] == "", 60 * h + m, NA)
    }
    w[, "2"] <- why(cell[, "2"], 0:1440); x[, "2"] <- ifelse(w[, "2"] == "", number(cell[, "2"]), NA)
    hours <- round(100 * number(cell[, "4"])) # hundredths, so that every comparison below is of whole numbers
    w[, "4"] <- ifelse(cell[, "4"] == "", "blank", ifelse(!grepl("^[0-9]+(\\.[0-9]+)?$", cell[, "4"]), "unreadable", ifelse(hours > 2400, "range", "")))
    x[, "4"] <- ifelse(w[, "4"] == "", hours, NA)
    for (q in setdiff(key$items, 1:4)) { w[, q] <- why(cell[, q], 0:3); x[, q] <- ifelse(w[, q] == "", number(cell[, q]), NA) }
    x[, "5j"] <- ifelse(w[, "5j"] == "blank", 0, x[, "5j"]); w[, "5j"] <- ifelse(w[, "5j"] == "blank", "", w[, "5j"])
    minutes <- ifelse(x[, "3"] > x[, "1"], x[, "3"] - x[, "1"], x[, "3"] - x[, "1"] + 1440)
    third <- function(v, cuts) findInterval(v, cuts)
    part <- function(value, items) list(value = ifelse(status_of(w, items, 0) == "ok", value, NA), status = status_of(w, items, 0))
    disturbances <- paste0("5", letters[2:10])
    scores <- list(
      quality = part(x[, "6"], "6"),
      latency = part(third((x[, "2"] > 15) + (x[, "2"] > 30) + (x[, "2"] > 60) + x[, "5a"], c(1, 3, 5)), c("2", "5a")),
      duration = part(ifelse(x[, "4"] > 700, 0, ifelse(x[, "4"] >= 600, 1, ifelse(x[, "4"] >= 500, 2, 3))), "4"),
      efficiency = part(pmin(x[, "4"] * 60 / minutes, 100), c("1", "3", "4")),
      `efficiency-component` = part(3 - (x[, "4"] * 60 >= 65 * minutes) - (x[, "4"] * 60 >= 75 * minutes) - (x[, "4"] * 60 >= 85 * minutes), c("1", "3", "4")),
      disturbance = part(third(rowSums(x[, disturbances]), c(1, 10, 19)), disturbances),
      medication = part(x[, "7"], "7"),
      daytime = part(third(x[, "8"] + x[, "9"], c(1, 3, 5)), c("8", "9")))
    components <- c("quality", "latency", "duration", "efficiency-component", "disturbance", "medication", "daytime")
    scores$total <- list(value = Reduce(`+`, lapply(scores[components], `[[`, "value")), status = status_of(w, key$items, 0))
    starts$total <- c(`at-or-below-5` = 0, `above-5` = 6, `above-7` = 8)
  } else {
    w <- apply(cell, 2, why, key$codes)
    x <- matrix(number(cell), nrow(cell)); x[w != ""] <- NA
    states <- lapply(key$critical, critical_of, x = x, w = w) # on the stored codes
    for (q in key$reverse) x[, q] <- min(key$codes) + max(key$codes) - x[, q]
    scores <- lapply(key$scales, sum_of, x = x, w = w, limit = key$limit)
    starts <- key$bands
    if (id == "phq-9") { # the pattern of symptoms: with every blank at its lowest and at its highest
      at <- function(blank) { y <- ifelse(w[, 1:9] == "", x[, 1:9], blank); y[, 1:8] <- y[, 1:8] >= 2; y[, 9] <- y[, 9] >= 1; y }
      pattern <- function(y) ifelse(y[, 1] + y[, 2] == 0, 0, ifelse(rowSums(y) >= 5, 2, ifelse(rowSums(y) >= 2, 1, 0)))
      low <- pattern(at(0)); high <- pattern(at(3))
      scores$algorithm <- list(value = ifelse(low == high, low, NA), status = ifelse(low == high, "ok", status_of(w, 1:9, 0)))
      starts$algorithm <- c(`pattern-none` = 0, `pattern-partial` = 1, `pattern-full` = 2)
    }
    if (id == "dass-21") scores <- lapply(scores, function(s) list(value = 2 * s$value, status = s$status))
    if (id == "sdq-self" || id == "mht") {
      add <- function(parts) list(value = Reduce(`+`, lapply(scores[parts], `[[`, "value")),
        status = do.call(gravest, unname(lapply(scores[parts], function(s) rank(s$status)))))
      if (id == "mht") {
        starts[setdiff(names(scores), "validity-scale")] <- list(key$bands$content)
        scores$total <- add(setdiff(names(key$scales), "validity-scale"))
      } else {
        scores$total <- add(c("emotional", "conduct", "hyperactivity", "peer"))
        scores$externalising <- add(c("conduct", "hyperactivity")); scores$internalising <- add(c("emotional", "peer"))
      }
    }
    if (id == "scl-90") {
      for (f in names(scores)) { scores[[f]]$value <- scores[[f]]$value / length(key$scales[[f]]); starts[[f]] <- key$bands$factor }
      all <- sum_of(x, w, 1:90, 0)
      high <- rowSums(x >= 2)
      scores$total <- all
      scores$mean <- list(value = all$value / 90, status = all$status)
      scores$`positive-items` <- list(value = ifelse(all$status == "ok", high, NA), status = all$status)
      scores$`positive-mean` <- list(value = ifelse(all$status == "ok" & high > 0, rowSums(x * (x >= 2)) / high, NA),
        status = ifelse(all$status == "ok" & high == 0, "undefined", all$status))
    }
  }
  out <- data.frame(id = d$id)
  for (name in names(scores)) out <- cbind(out, column(name, scores[[name]], starts[[name]], outside))
  for (name in names(states)) { out[[paste0("critical_", name)]] <- states[[name]] }
  write.csv(out, paste0(id, ".scores.csv"), row.names = FALSE, quote = FALSE)
}
