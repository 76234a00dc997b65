// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.documentation;

/**
 * A block of code on a page of the documentation, without the indentation of a list that
 * it is in.
 *
 * @param file the page
 * @param line the number of its first line there
 * @param language its declared language, empty if it declares none
 * @param code the code
 */
record CodeBlock(String file, int line, String language, String code) {

	/**
	 * Return where a line of the block is on the page.
	 * @param number number of the line in the block, from 1
	 */
	String place(long number) {
		return this.file + ":" + (this.line + number - 1);
	}

	/**
	 * Return whether it describes resources of Kubernetes, rather than configuration of
	 * an application.
	 */
	boolean isManifest() {
		return this.language.equals("yaml") && this.code.startsWith("apiVersion:");
	}

	@Override
	public String toString() {
		return place(1);
	}

}
