# Runs every FOLDER/<id>.sps under PSPP on FOLDER/answers-1.csv and so on, and compares values, bands and critical items with
# FOLDER/scores-1.csv and so on, which 'xinheng score' wrote. Base R only:  Rscript spss.R FOLDER
folder <- commandArgs(trailingOnly = TRUE)[1]
read <- function(file) read.csv(file, colClasses = "character", check.names = FALSE, na.strings = character(0), fileEncoding = "UTF-8")
compared <- 0
wrong <- 0
later <- 0
scripts <- 0

for (file in list.files(folder, "^answers-[0-9]+[.]csv$")) {
  part <- sub("answers-([0-9]+)[.]csv", "\\1", file)
  at <- function(name) file.path(folder, sprintf(name, part))
  answers <- read(at("answers-%s.csv"))
  scores <- read(at("scores-%s.csv"))
  ids <- strsplit(readLines(at("scales-%s.txt")), ",")[[1]]
  # SPSS holds numbers: a time is in seconds, and what is none is a code that no item has.
  numbers <- setdiff(names(answers), "sex")
  for (column in numbers) {
    cell <- answers[[column]]
    time <- grepl("^[0-9]+:[0-9]{2}$", cell)
    cell[time] <- 3600 * as.numeric(sub(":.*", "", cell[time])) + 60 * as.numeric(sub(".*:", "", cell[time]))
    cell[cell == "x" | (any(time) & !time & cell != "")] <- "-7"
    answers[[column]] <- cell
  }
  write.csv(answers, at("spss-in-%s.csv"), row.names = FALSE, quote = FALSE, na = "")
  formats <- ifelse(names(answers) %in% numbers, "F12.4", "A8")
  syntax <- c(
    sprintf("GET DATA /TYPE=TXT /FILE='%s' /ARRANGEMENT=DELIMITED /DELIMITERS=',' /FIRSTCASE=2 /VARIABLES=", at("spss-in-%s.csv")),
    paste(" ", names(answers), formats), "  .",
    sprintf("INSERT FILE='%s' SYNTAX=INTERACTIVE ERROR=STOP.", file.path(folder, paste0(ids, ".sps"))),
    sprintf("SAVE TRANSLATE /OUTFILE='%s' /TYPE=CSV /FIELDNAMES /CELLS=VALUES /REPLACE.", at("spss-out-%s.csv")))
  writeLines(syntax, at("run-%s.sps"))
  unlink(at("spss-out-%s.csv"))
  said <- suppressWarnings(system2("pspp", c("-o", "-", at("run-%s.sps")), stdout = TRUE, stderr = TRUE, env = "LC_ALL=C.UTF-8"))
  if (any(grepl("error|warning", said))) { writeLines(head(grep("error|warning", said, value = TRUE), 10)); wrong <- wrong + 1 }
  if (!file.exists(at("spss-out-%s.csv"))) { cat("PSPP wrote nothing for part", part, "\n"); quit(status = 1) }
  result <- read(at("spss-out-%s.csv"))

  for (id in ids) {
    scripts <- scripts + 1
    prefix <- paste0(gsub("-", "", id), "_")
    book <- read.csv(file.path(folder, paste0(id, ".codebook.csv")), colClasses = "character", fileEncoding = "UTF-8-BOM", check.names = FALSE)
    sps <- readLines(file.path(folder, paste0(id, ".sps")), encoding = "UTF-8")
    left_open <- list()
    for (i in which(book$role %in% c("score", "band", "critical"))) {
      column <- book$variable[i]
      given <- suppressWarnings(as.numeric(result[[column]]))
      expected <- scores[[column]]
      if (book$role[i] == "band") expected <- match(expected, strsplit(book$codes[i], "|", fixed = TRUE)[[1]])
      if (book$role[i] == "critical") expected <- ifelse(expected == "yes", 1, ifelse(expected == "no", 0, NA))
      expected <- suppressWarnings(as.numeric(expected))
      # A class that rests on scores may be left open where answers are missing, and so may what rests on it.
      base <- sub("_band$", "", column)
      rests_on <- book$variable[vapply(strsplit(book$scores, "|", fixed = TRUE), function(scores) base %in% scores, TRUE) & book$role == "score"]
      may_be_open <- Reduce(`|`, left_open[rests_on], any(grepl(sprintf("#when[0-9]+ = 1[)] %s = ", base), sps)) & any(grepl("^.{0,1}[*] Where answers are missing, a class", sps)))
      missing <- is.na(given) & !is.na(expected)
      left_open[[base]] <- missing & may_be_open & rep(TRUE, length(given))
      later <- later + sum(left_open[[base]])
      expected[left_open[[base]]] <- NA
      missing <- missing & !is.na(expected)
      differs <- missing | (is.na(expected) & !is.na(given)) | (!is.na(given) & !is.na(expected) & abs(given - expected) > 1e-6 * pmax(1, abs(expected)))
      compared <- compared + length(given)
      if (any(differs)) {
        wrong <- wrong + sum(differs)
        cat(sprintf("%s: %d of %d differ; row %d: PSPP %s, xinheng %s\n", column, sum(differs), length(given), which(differs)[1], given[differs][1], scores[[column]][differs][1]))
      }
    }
  }
}
cat(sprintf("%d syntax files, %d cells compared, %d differ; %d left open by SPSS, because a class rests on scores that lack answers\n", scripts, compared, wrong, later))
quit(status = if (wrong == 0 && compared > 0) 0 else 1)
