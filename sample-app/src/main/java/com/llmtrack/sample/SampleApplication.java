// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.sample;

import com.llmtrack.sample.demo.StandIns;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;

/**
 * A Spring AI application with LLMtrack. The stand-ins replace OpenAI and LLMtrack unless
 * the profile {@code live} is active; an application of your own has no such line.
 */
@SpringBootApplication
public class SampleApplication {

	public static void main(String[] args) {
		new SpringApplicationBuilder(SampleApplication.class).initializers(new StandIns()).run(args);
	}

}
