// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.usage;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The providers behind the addresses of services that others than OpenAI offer with its
 * API, or others than Anthropic with that one's. Names are those of the models.dev
 * catalogue, except for Docker Model Runner, which it does not have.
 */
final class ProviderHosts {

	private static final Pattern ADDRESS = Pattern.compile("https?://(?:[^/?#@]*@)?(\\[[^]]*]|[^/?#:]*)(?::(\\d+))?.*",
			Pattern.CASE_INSENSITIVE);

	private static final Pattern LOCAL = Pattern.compile(
			"localhost|\\[.*]|[^.]+|127\\..*|10\\..*|192\\.168\\..*|172\\.(1[6-9]|2\\d|3[01])\\..*|.*\\.(local|internal)");

	/** Providers by domain, each of which includes its subdomains. */
	private static final Map<String, String> DOMAINS = new HashMap<>();

	static {
		add("alibaba", "dashscope-intl.aliyuncs.com");
		add("alibaba-cn", "dashscope.aliyuncs.com");
		add("anthropic", "anthropic.com");
		add("azure", "openai.azure.com", "cognitiveservices.azure.com", "services.ai.azure.com", "models.ai.azure.com",
				"openai.azure.us", "cognitiveservices.azure.us", "openai.azure.cn", "cognitiveservices.azure.cn");
		add("baseten", "inference.baseten.co");
		add("cerebras", "api.cerebras.ai");
		add("cloudflare-ai-gateway", "gateway.ai.cloudflare.com");
		add("cloudflare-workers-ai", "api.cloudflare.com");
		add("cohere", "api.cohere.ai", "api.cohere.com");
		add("deepinfra", "api.deepinfra.com");
		add("deepseek", "api.deepseek.com");
		add("docker-model-runner", "model-runner.docker.internal");
		add("fireworks-ai", "api.fireworks.ai");
		add("github-copilot", "githubcopilot.com");
		add("github-models", "models.github.ai", "models.inference.ai.azure.com");
		add("google", "generativelanguage.googleapis.com");
		add("groq", "api.groq.com");
		add("huggingface", "router.huggingface.co");
		add("minimax", "api.minimax.io");
		add("minimax-cn", "api.minimaxi.com");
		add("mistral", "mistral.ai");
		add("moonshotai", "api.moonshot.ai");
		add("moonshotai-cn", "api.moonshot.cn");
		add("nebius", "api.tokenfactory.nebius.com", "api.studio.nebius.com", "api.studio.nebius.ai");
		add("novita-ai", "api.novita.ai");
		add("nvidia", "api.nvidia.com");
		add("ollama-cloud", "ollama.com");
		add("openai", "openai.com");
		add("openrouter", "openrouter.ai");
		add("perplexity", "api.perplexity.ai");
		add("requesty", "router.requesty.ai");
		add("scaleway", "api.scaleway.ai");
		add("siliconflow", "api.siliconflow.com");
		add("siliconflow-cn", "api.siliconflow.cn");
		add("togetherai", "api.together.ai", "api.together.xyz");
		add("vercel", "ai-gateway.vercel.sh");
		add("xai", "api.x.ai");
		add("zai", "api.z.ai");
		add("zhipuai", "open.bigmodel.cn");
	}

	/** Providers by the ports at which they run on one's own machines. */
	private static final Map<String, String> LOCAL_PORTS = Map.of("1234", "lmstudio", "11434", "ollama", "12434",
			"docker-model-runner");

	private ProviderHosts() {
	}

	private static void add(String provider, String... domains) {
		for (String domain : domains) {
			DOMAINS.put(domain, provider);
		}
	}

	/**
	 * Return the provider at an address.
	 * @param baseUrl the address
	 * @return the provider, or {@code null} if the address tells none
	 */
	static @Nullable String providerAt(String baseUrl) {
		Matcher address = ADDRESS.matcher(baseUrl.trim());
		if (!address.matches()) {
			return null;
		}
		String host = address.group(1).toLowerCase(Locale.ROOT);
		String provider = providerOfHost(host);
		String port = address.group(2);
		return (provider == null && port != null && LOCAL.matcher(host).matches()) ? LOCAL_PORTS.get(port) : provider;
	}

	private static @Nullable String providerOfHost(String host) {
		if (host.endsWith("aiplatform.googleapis.com")) {
			return "google-vertex";
		}
		if (host.startsWith("bedrock-") && (host.endsWith(".amazonaws.com") || host.endsWith(".api.aws"))) {
			return "amazon-bedrock";
		}
		String domain = host;
		while (!DOMAINS.containsKey(domain) && domain.indexOf('.') >= 0) {
			domain = domain.substring(domain.indexOf('.') + 1);
		}
		return DOMAINS.get(domain);
	}

}
