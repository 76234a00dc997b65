// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.documentation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;

/**
 * Collects the texts in some sources, which are the constant parts of concatenations, and
 * which of them begin a warning or an error.
 */
final class LogTexts extends TreeScanner<Void, Void> {

	private static final Pattern PROBLEM = Pattern.compile("(this\\.)?logger\\s*\\.(warn|error)");

	/** A shorter text says what a line is about only where the line begins with it. */
	private static final int MIN_LENGTH = 12;

	private final Set<String> all = new HashSet<>();

	private final Set<String> problems = new HashSet<>();

	Set<String> all() {
		return this.all;
	}

	Set<String> problems() {
		return this.problems;
	}

	@Override
	public Void visitMethodInvocation(MethodInvocationTree invocation, Void none) {
		if (PROBLEM.matcher(invocation.getMethodSelect().toString()).matches()) {
			List<String> texts = texts(invocation.getArguments().get(0));
			texts.stream()
				.filter((text) -> text.length() >= MIN_LENGTH || (text.equals(texts.get(0)) && text.matches("\\w.*")))
				.findFirst()
				.ifPresent(this.problems::add);
		}
		return super.visitMethodInvocation(invocation, none);
	}

	@Override
	public Void visitLiteral(LiteralTree literal, Void none) {
		this.all.addAll(texts(literal));
		return null;
	}

	@Override
	public Void visitBinary(BinaryTree binary, Void none) {
		if (binary.getKind() == Tree.Kind.PLUS) {
			this.all.addAll(texts(binary));
			operands(binary).stream().filter((operand) -> !isText(operand)).forEach((operand) -> scan(operand, none));
			return null;
		}
		return super.visitBinary(binary, none);
	}

	private static List<String> texts(ExpressionTree expression) {
		List<String> texts = new ArrayList<>();
		StringBuilder text = new StringBuilder();
		for (ExpressionTree operand : operands(expression)) {
			if (isText(operand)) {
				text.append(((LiteralTree) operand).getValue());
			}
			else {
				texts.add(text.toString());
				text.setLength(0);
			}
		}
		texts.add(text.toString());
		return texts;
	}

	private static boolean isText(ExpressionTree expression) {
		return expression instanceof LiteralTree literal && literal.getValue() instanceof String;
	}

	private static List<ExpressionTree> operands(ExpressionTree expression) {
		if (expression instanceof BinaryTree binary && binary.getKind() == Tree.Kind.PLUS) {
			List<ExpressionTree> operands = new ArrayList<>(operands(binary.getLeftOperand()));
			operands.addAll(operands(binary.getRightOperand()));
			return operands;
		}
		return List.of(expression);
	}

}
