# The smaller work of compare.py by data.table or by psych: 22 scores, a simple tier, three levels of units.
#   Rscript score.R data.table|psych SURVEY ROSTER OUT      OUT.csv and OUT.units.csv
suppressMessages(library(data.table))
setDTthreads(2)
arguments <- commandArgs(trailingOnly = FALSE)
here <- dirname(sub("^--file=", "", grep("^--file=", arguments, value = TRUE)))
arguments <- commandArgs(trailingOnly = TRUE)
peer <- arguments[1]; survey <- arguments[2]; roster <- arguments[3]; out <- arguments[4]

keys <- fread(file.path(here, "keys.csv"), colClasses = "character")
columns_of <- function(prefix, items) paste0(prefix, "_", unlist(lapply(strsplit(strsplit(items, " ")[[1]], "-"), function(range) seq(as.integer(range[1]), as.integer(range[length(range)])))))
columns <- mapply(columns_of, keys$prefix, keys$items, SIMPLIFY = FALSE)
names(columns) <- keys$score
max_missing <- as.integer(keys$max_missing)
units <- c("school", "grade", "class")

data <- fread(survey, na.strings = "", showProgress = FALSE, encoding = "UTF-8", drop = c(2, 3, 4))
setnames(data, 1:2, c("number", "person"))
result <- data[, .(number, person)]
if (peer == "psych") {
  # Its sums and means; blanks are counted here, because it has no rule for them.
  answers <- as.matrix(data[, -(1:2)])
  # Some versions print warnings about scales that overlap; nothing is imputed.
  scored <- suppressWarnings(psych::scoreVeryFast(columns, answers, totals = FALSE))
  for (k in seq_along(columns)) {
    n <- length(columns[[k]])
    missing <- rowSums(is.na(answers[, columns[[k]], drop = FALSE]))
    mean <- scored[, k]
    value <- if (keys$kind[k] == "mean") mean else floor(mean * n + 0.5)
    value[missing > max_missing[k]] <- NA
    set(result, j = keys$score[k], value = value)
  }
} else {
  for (k in seq_along(columns)) {
    n <- length(columns[[k]])
    total <- integer(nrow(data)); missing <- integer(nrow(data))
    for (column in columns[[k]]) {
      code <- data[[column]]
      missing <- missing + is.na(code)
      total <- total + fcoalesce(code, 0L)
    }
    value <- if (keys$kind[k] == "mean") total / n else if (max_missing[k] > 0) floor(total * n / (n - missing) + 0.5) else as.numeric(total)
    value[missing > max_missing[k]] <- NA
    set(result, j = keys$score[k], value = value)
  }
}

factors <- do.call(pmax, c(as.list(result[, keys$score[keys$kind == "mean"], with = FALSE]), na.rm = TRUE))
contents <- do.call(pmax, c(as.list(result[, setdiff(keys$score[keys$prefix == "mht"], c("mht_total", "mht_validity_scale")), with = FALSE]), na.rm = TRUE))
from <- function(x, least) !is.na(x) & x >= least
result[, tier := fifelse(from(phq9_total, 20) | from(gad7_total, 15) | from(data$phq9_9, 2), 3L,
  fifelse(from(phq9_total, 15) | from(gad7_total, 10) | from(factors, 3) | from(mht_total, 65), 2L,
    fifelse(from(phq9_total, 10) | from(factors, 2) | from(contents, 8), 1L, 0L)))]
fwrite(result, paste0(out, ".csv"))

members <- unique(fread(roster, select = c("person", units), encoding = "UTF-8", colClasses = "character"), by = "person")
joined <- members[result[, .(person, phq9_total, gad7_total, mht_total, tier)], on = "person", nomatch = NULL]
tables <- lapply(3:1, function(depth) joined[, .(answered = .N,
  mean_phq9_total = mean(phq9_total, na.rm = TRUE), mean_gad7_total = mean(gad7_total, na.rm = TRUE), mean_mht_total = mean(mht_total, na.rm = TRUE),
  raised = mean(phq9_total >= 10, na.rm = TRUE), tier_1 = sum(tier == 1L), tier_2 = sum(tier == 2L), tier_3 = sum(tier == 3L)), by = c(units[1:depth])])
fwrite(rbindlist(tables, fill = TRUE)[, c(units, setdiff(names(tables[[1]]), units)), with = FALSE], paste0(out, ".units.csv"))
