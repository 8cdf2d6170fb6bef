# Scores FOLDER/answers-1.csv and so on with every FOLDER/<id>.R and compares each cell with FOLDER/scores-1.csv and so on,
# which 'xinheng score' wrote. Base R only:  Rscript compare.R FOLDER
folder <- commandArgs(trailingOnly = TRUE)[1]
read <- function(file) read.csv(file, colClasses = "character", check.names = FALSE, na.strings = character(0), fileEncoding = "UTF-8")
all_of <- function(kind) {
  parts <- lapply(list.files(folder, sprintf("^%s-[0-9]+[.]csv$", kind), full.names = TRUE), read)
  table <- do.call(cbind, parts)
  table[!duplicated(names(table))]
}
answers <- all_of("answers")
scores <- all_of("scores")
ours <- names(scores)
compared <- 0
wrong <- 0
bands <- 0
empty <- character(0)
covered <- character(0)

for (script in list.files(folder, "[.]R$")) {
  id <- sub("[.]R$", "", script)
  name <- paste0("score_", gsub("-", "", id))
  space <- new.env()
  source(file.path(folder, script), local = space, encoding = "UTF-8")
  if (!identical(ls(space), name)) stop(script, " defines something else than ", name)
  result <- space[[name]](answers)
  # A row alone must get what it gets among others, and numbers must read as text does.
  alone <- space[[name]](answers[7, ])
  if (!isTRUE(all.equal(alone, result[7, ], check.attributes = FALSE))) stop(script, " scores a person alone in another way")
  if (nrow(space[[name]](answers[0, ])) != 0) stop(script, " gives rows for nobody")
  covered <- c(covered, names(result))
  for (column in names(result)) {
    if (!(column %in% ours)) stop(script, " gives the column ", column, ", which 'xinheng score' does not write")
    given <- result[[column]]
    expected <- scores[[column]]
    differs <- if (is.numeric(given)) {
      number <- suppressWarnings(as.numeric(expected))
      is.na(given) != (expected == "") | (!is.na(given) & !(abs(given - number) <= 1e-9 * pmax(1, abs(number))))
    } else given != expected
    compared <- compared + length(given)
    if (any(differs)) {
      wrong <- wrong + sum(differs)
      cat(sprintf("%s: %d of %d differ; row %d: R %s, xinheng %s\n", column, sum(differs), length(given), which(differs)[1], given[differs][1], expected[differs][1]))
    }
  }
  # The people must reach what they are to test: every band, a complete score, a blank, a code that is none.
  book <- read.csv(file.path(folder, paste0(id, ".codebook.csv")), colClasses = "character", fileEncoding = "UTF-8-BOM", check.names = FALSE)
  for (i in which(book$role == "band")) {
    codes <- strsplit(book$codes[i], "|", fixed = TRUE)[[1]]
    bands <- bands + length(codes)
    unreached <- setdiff(codes, result[[book$variable[i]]])
    if (length(unreached) > 0) empty <- c(empty, paste(book$variable[i], unreached))
  }
}

left <- setdiff(ours, c("person", "age", "sex", covered, grep("_validity$", ours, value = TRUE)))
if (length(left) > 0) { cat("Columns that no script gives:", left, "\n"); wrong <- wrong + length(left) }
if (length(empty) > 0) cat("Bands that nobody reaches:", paste(empty, collapse = ", "), "\n")
cat(sprintf("%d scripts, %d columns, %d cells compared, %d differ; %d of %d bands reached\n", length(list.files(folder, "[.]R$")), length(covered), compared, wrong, bands - length(empty), bands))
quit(status = if (wrong == 0 && compared > 0 && length(empty) == 0) 0 else 1)
