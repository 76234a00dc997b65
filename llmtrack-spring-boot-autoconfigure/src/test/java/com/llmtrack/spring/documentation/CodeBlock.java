/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package com.llmtrack.spring.documentation;

/**
 * A block of code on a page of the documentation, without the indentation of a list that
 * it is in.
 *
 * @param file the page
 * @param line the number of its first line there
 * @param language the language that it says to be of, empty if it says none
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

	@Override
	public String toString() {
		return place(1);
	}

}
