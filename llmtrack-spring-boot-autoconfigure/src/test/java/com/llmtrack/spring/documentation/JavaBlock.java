// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.documentation;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * A block of Java on a page of the documentation: a file with its imports, types, members
 * of a class or statements. Only the latter three get the imports that readers can guess.
 *
 * @param block the code and its place
 */
record JavaBlock(CodeBlock block) {

	private static final Pattern TYPE = Pattern
		.compile("(?m)^((public|final|abstract) )*(class|@?interface|record|enum) ");

	private static final Pattern IMPORT = Pattern.compile("(?m)^import (static )?[\\w.]+\\.(\\w+);$");

	private static final Pattern MEMBER = Pattern.compile("(?m)^(@|\\w.* \\w+\\([^.]*\\)( throws \\w+)? \\{$)");

	private static final String IMPORTS = Stream.of("java.lang.annotation.Retention",
			"java.lang.annotation.RetentionPolicy", "java.math.BigDecimal", "java.time.*", "java.util.*",
			"java.util.concurrent.*", "java.util.function.*", "com.anthropic.client.AnthropicClient",
			"com.anthropic.models.messages.Message", "com.anthropic.models.messages.MessageCreateParams",
			"com.llmtrack.spring.*", "com.openai.client.OpenAIClient", "com.openai.core.http.StreamResponse",
			"com.openai.models.chat.completions.*", "org.apache.commons.logging.*", "org.slf4j.MDC",
			"reactor.core.publisher.*", "reactor.core.scheduler.Schedulers", "reactor.util.context.ContextView",
			"org.springframework.ai.chat.client.ChatClient", "org.springframework.ai.chat.model.ChatModel",
			"org.springframework.ai.openai.*", "org.springframework.ai.rag.advisor.RetrievalAugmentationAdvisor",
			"org.springframework.ai.rag.preretrieval.query.transformation.QueryTransformer",
			"org.springframework.ai.rag.retrieval.search.DocumentRetriever",
			"org.springframework.ai.tool.annotation.Tool", "org.springframework.beans.factory.annotation.*",
			"org.springframework.boot.ApplicationRunner", "org.springframework.boot.CommandLineRunner",
			"org.springframework.context.annotation.*", "org.springframework.core.annotation.Order",
			"org.springframework.core.task.*", "org.springframework.core.task.support.ContextPropagatingTaskDecorator",
			"org.springframework.scheduling.annotation.*", "org.springframework.stereotype.*",
			"org.springframework.web.bind.annotation.*", "org.springframework.web.servlet.function.*",
			"org.springframework.web.servlet.mvc.method.annotation.*")
		.map((name) -> "import " + name + ";")
		.collect(Collectors.joining());

	private static final String FIELDS = "Log logger; ChatClient chatClient; ChatModel chatModel; ExecutorService executor;"
			+ "LlmUsageRecorder usageRecorder;" + "void show(String text) { }";

	private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

	/**
	 * Return what the compiler does not like, each with its place on the page.
	 */
	List<String> problems() {
		return problems(List.of(this)).getOrDefault(this, List.of());
	}

	/**
	 * Compile some blocks at once, as the compiler takes longer to start than for any of
	 * them.
	 */
	static Map<JavaBlock, List<String>> problems(List<JavaBlock> blocks) {
		DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
		List<String> options = List.of("-proc:none", "--should-stop=ifError=FLOW", "--should-stop=ifNoError=FLOW",
				"-classpath", System.getProperty("java.class.path"));
		COMPILER.getTask(null, null, diagnostics, options, null, blocks.stream().map(Source::new).toList()).call();
		Map<JavaBlock, List<String>> problems = new HashMap<>();
		for (Diagnostic<? extends JavaFileObject> diagnostic : diagnostics.getDiagnostics()) {
			JavaBlock block = ((Source) diagnostic.getSource()).block;
			problems.computeIfAbsent(block, (key) -> new ArrayList<>())
				.add(block.block.place(diagnostic.getLineNumber()) + ": " + diagnostic.getMessage(Locale.ROOT));
		}
		return problems;
	}

	/**
	 * Return whether the block is one to copy: a file with its imports.
	 */
	boolean hasImports() {
		return this.block.code().startsWith("import ");
	}

	boolean declaresType() {
		return TYPE.matcher(this.block.code()).find();
	}

	/**
	 * Return the names that are imported and not used.
	 */
	List<String> unusedImports() {
		String body = IMPORT.matcher(this.block.code()).replaceAll("");
		return IMPORT.matcher(this.block.code())
			.results()
			.map((found) -> found.group(2))
			.filter((name) -> !Pattern.compile("\\b" + name + "\\b").matcher(body).find())
			.toList();
	}

	/**
	 * Return the code as a file in a package of its own, of which the first line is the
	 * code's first.
	 */
	private String source() {
		String code = this.block.code();
		String start = "package " + packageName() + ";" + (hasImports() ? "" : IMPORTS);
		if (declaresType()) {
			return start + code;
		}
		start += "abstract class Example { " + FIELDS;
		return MEMBER.matcher(code).find() ? start + code + "}"
				: start + "void example(String question) throws Exception { " + code + "}}";
	}

	private String packageName() {
		return (this.block.file() + this.block.line()).replaceAll("\\W", "");
	}

	@Override
	public String toString() {
		return this.block.toString();
	}

	private static final class Source extends SimpleJavaFileObject {

		private final JavaBlock block;

		Source(JavaBlock block) {
			super(URI.create("string:///" + block.packageName() + "/Example.java"), Kind.SOURCE);
			this.block = block;
		}

		@Override
		public CharSequence getCharContent(boolean ignoreEncodingErrors) {
			return this.block.source();
		}

	}

}
