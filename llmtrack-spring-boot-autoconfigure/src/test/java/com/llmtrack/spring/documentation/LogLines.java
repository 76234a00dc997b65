// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.documentation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;

/**
 * What the code may log, as far as it is constant: its texts. A line is one of the code's
 * if it consists of nothing but such texts and of what varies in lines of the log:
 * numbers, addresses, names in quotes, types, places in the code, what a server says
 * after its status, and {@code …} for anything else.
 */
final class LogLines {

	/** Less than that of a text might be there by chance. */
	private static final int MIN_PART = 12;

	private static final int MIN_WORD = 8;

	private static final List<Pattern> VARIABLES = List.of(Pattern.compile("…"), Pattern.compile("… "),
			Pattern.compile(" ?\\(HTTP \\d+[^()]*\\)"), Pattern.compile("[\\w-]+(?:\\.[\\w-]+)+"),
			Pattern.compile("\\d+"), Pattern.compile("https?://[\\w.:/-]*\\w"),
			Pattern.compile("[\\w.$]+\\(\\w+\\.java:\\d+\\)"), Pattern.compile("'[^']+'"),
			Pattern.compile("(?:[A-Z][a-z0-9]+){2,}"), Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z"),
			// As LlmBudgetAccount describes itself
			Pattern.compile("Budget '[^']+'(?: of '[^']+')?: [\\d.]+ of [\\d.]+ (?:USD|tokens|requests) spent"));

	/** What the sample logs, nobody has to look up. */
	private static final String LIBRARY = "com.llmtrack.spring";

	private static final String END_OF_TEXT = "\0";

	private final Set<String> texts;

	private final Set<String> problems;

	private final String corpus;

	/**
	 * Take lines apart by some texts of the code.
	 * @param texts the texts
	 * @param problems the first text of each line that is a warning or an error
	 */
	LogLines(Set<String> texts, Set<String> problems) {
		this.texts = texts;
		this.problems = problems;
		this.corpus = END_OF_TEXT + String.join(END_OF_TEXT, texts);
	}

	/**
	 * Return what the code of this project may log.
	 */
	static LogLines ofTheProject() {
		LogTexts texts = new LogTexts();
		LogTexts sample = new LogTexts();
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
			List<Path> sources = Project.javaFiles("main").toList();
			JavacTask task = (JavacTask) compiler.getTask(null, files, null, List.of("-proc:none"), null,
					files.getJavaFileObjectsFromPaths(sources));
			for (CompilationUnitTree source : task.parse()) {
				source.accept(source.getPackageName().toString().startsWith(LIBRARY) ? texts : sample, null);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		texts.all().addAll(sample.all());
		return new LogLines(texts.all(), texts.problems());
	}

	/**
	 * Return the first texts of warnings and errors that are part of none of some lines.
	 */
	List<String> problemsMissingIn(List<String> lines) {
		List<String> quotations = lines.stream()
			.flatMap((line) -> Stream.of(line.split("…")))
			.filter((quotation) -> !quotation.isBlank())
			.toList();
		return this.problems.stream()
			.filter((problem) -> quotations.stream()
				.noneMatch((quotation) -> problem.startsWith(quotation) || quotation.contains(problem)))
			.sorted()
			.toList();
	}

	boolean contain(String line) {
		boolean[] reached = new boolean[line.length() + 1];
		reached[0] = true;
		for (int start = 0; start < line.length(); start++) {
			if (reached[start]) {
				ends(line, start).forEach((end) -> reached[end] = true);
			}
		}
		return reached[line.length()];
	}

	/**
	 * Return where a text or something variable that begins at a position may end.
	 */
	private IntStream ends(String line, int start) {
		IntStream texts = this.texts.stream()
			.filter((text) -> isTelling(text) && line.startsWith(text, start))
			.mapToInt((text) -> start + text.length());
		IntStream parts = endsOfQuotation(line, start)
			.filter((end) -> end - start >= MIN_PART && isPart(line.substring(start, end), isStart(line, start)));
		IntStream variables = VARIABLES.stream()
			.map((pattern) -> pattern.matcher(line).region(start, line.length()))
			.filter(Matcher::lookingAt)
			.mapToInt(Matcher::end);
		return IntStream.concat(IntStream.concat(texts, parts), variables);
	}

	/**
	 * Return whether a text says more than a single short word, of which anything could
	 * be put together.
	 */
	private static boolean isTelling(String text) {
		return text.length() >= MIN_WORD || (!text.isEmpty() && (text.contains(" ") || !text.matches(".*\\w.*")));
	}

	/**
	 * Return where a quotation that begins at a position may break off: at the end of the
	 * line, or where something is left out.
	 */
	private static IntStream endsOfQuotation(String line, int start) {
		int omission = line.indexOf('…', start);
		return (omission < 0) ? IntStream.of(line.length()) : IntStream.of(omission, omission - 1, line.length());
	}

	/**
	 * Return whether a quotation may begin at a position in the middle of a text: at the
	 * start of the line, or where something was left out.
	 */
	private static boolean isStart(String line, int start) {
		return start == 0 || line.charAt(start - 1) == '…' || (start > 1 && line.startsWith("… ", start - 2));
	}

	private boolean isPart(String quotation, boolean anywhere) {
		return this.corpus.contains(anywhere ? quotation : END_OF_TEXT + quotation);
	}

}
