// SPDX-License-Identifier: EUPL-1.2
/** The Dockerfile, compose.yaml and the Kubernetes example, held to what a careful reader would look for. */
import { existsSync, readFileSync } from "node:fs";
import { matchesGlob } from "node:path";
import { describe, expect, it } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { parseSettings } from "../../src/config.ts";
import { variables } from "../../src/variables.ts";
import { instructionsOf, stagesOf } from "../dockerfile.ts";

const dockerfile = readFileSync("Dockerfile", "utf8");
const instructions = instructionsOf(dockerfile);
const last = stagesOf(instructions).at(-1) ?? [];
const all = (word: string, from = instructions) => from.filter((it) => it.word === word).map(({ rest }) => rest);

/** The rules of hadolint that a Dockerfile of this size can break, and our own. */
const rules: readonly [what: string, broken: () => readonly string[]][] = [
  [
    "DL3006/DL3007: every base has a tag, and not latest",
    () => all("FROM").filter((it) => !/^\S+:(?!latest)[\w.-]+(@sha256:[0-9a-f]{64})?( AS \w+)?$/u.test(it)),
  ],
  [
    "DL3002: it ends as a user that is not root, by number",
    () => (/^[1-9]\d*:[1-9]\d*$/u.test(all("USER", last).at(-1) ?? "") ? [] : ["USER"]),
  ],
  ["DL3020: COPY, not ADD", () => all("ADD")],
  [
    "DL3025: CMD, ENTRYPOINT and HEALTHCHECK as JSON",
    () =>
      [...all("CMD"), ...all("ENTRYPOINT"), ...all("HEALTHCHECK").map((it) => it.replace(/^.*?CMD /u, ""))].filter(
        (it) => !it.startsWith("["),
      ),
  ],
  ["DL3000: WORKDIR is absolute", () => all("WORKDIR").filter((it) => !it.startsWith("/"))],
  ["DL3004: no sudo", () => all("RUN").filter((it) => /\bsudo\b/u.test(it))],
  ["DL3003: no cd", () => all("RUN").filter((it) => /(^|&& *)cd /u.test(it))],
  [
    "DL3016/DL3008: nothing is installed but what the lock file names",
    () => all("RUN").filter((it) => /npm (i|install|add)\b|apt|apk|curl|wget/u.test(it)),
  ],
  [
    "DL3022: COPY --from names a stage that there is",
    () =>
      all("COPY")
        .flatMap((it) => /--from=(\S+)/u.exec(it)?.[1] ?? [])
        .filter((stage) => !all("FROM").some((it) => it.endsWith(` AS ${stage}`))),
  ],
  [
    "DL3048/DL3055: the labels are those of the Open Container Initiative",
    () => (all("LABEL").every((it) => /org\.opencontainers\.image\./u.test(it)) ? [] : ["LABEL"]),
  ],
  ["no secret in it", () => [...all("ENV"), ...all("ARG")].filter((it) => /token|secret|password|key/iu.test(it))],
  ["no development dependency", () => all("RUN").filter((it) => /npm ci/u.test(it) && !it.includes("--omit=dev"))],
  ["a health check, once", () => (all("HEALTHCHECK", last).length === 1 ? [] : ["HEALTHCHECK"])],
  [
    "one process, which gets the signals",
    () => (/^\["node", ("--[\w=-]+", )*"src\/main\.ts"\]$/u.test(all("CMD", last).at(-1) ?? "") ? [] : ["CMD"]),
  ],
];
it.each(rules)("Dockerfile: %s", (_rule, broken) => expect(broken()).toEqual([]));

it("everything that is copied is there, and is sent to the builder", () => {
  const sent = readFileSync(".dockerignore", "utf8").split("\n");
  const sources = all("COPY")
    .filter((it) => !it.includes("--from"))
    .flatMap((it) => it.split(/\s+/u).slice(0, -1));
  expect(sources.length).toBeGreaterThan(5);
  expect(sources.filter((it) => !existsSync(it) || !sent.includes(`!${it}`))).toEqual([]);
});

it("every variable that it sets is one that is read", () => {
  const names = all("ENV").flatMap((it) => it.split(/\s+/u).map((pair) => pair.split("=")[0] ?? ""));
  const known = [...Object.keys(variables), "NODE_ENV", "npm_config_cache", "npm_config_update_notifier"];
  expect(names.filter((name) => !known.includes(name))).toEqual([]);
});

describe("secrets and people, and the copies that setup keeps of them", () => {
  const patternsOf = (path: string) =>
    readFileSync(path, "utf8")
      .split("\n")
      .filter((line) => /^[^!#*]/u.test(line));
  const isIn = (path: string, name: string) => patternsOf(path).some((pattern) => matchesGlob(name, pattern));
  it.each(["", ".2026-11-30T081500"])("are in no commit and in no image: %s", (copy) => {
    expect(isIn(".gitignore", `.env${copy}`)).toBe(true);
    expect(isIn(".gitignore", `config/kommune.yaml${copy}`)).toBe(true);
    expect(isIn(".dockerignore", `config/kommune.yaml${copy}`)).toBe(true);
  });
  it("the example is", () => {
    for (const path of [".gitignore", ".dockerignore"]) expect(isIn(path, "config/kommune.example.yaml")).toBe(false);
  });
});

type Mount = Readonly<{ source: string; target: string; read_only: boolean; bind: { create_host_path: boolean } }>;
type Service = Readonly<{
  image: string;
  read_only: boolean;
  cap_drop: readonly string[];
  security_opt: readonly string[];
  logging: { options: Record<string, string> };
  healthcheck?: Readonly<Record<"test" | "interval" | "timeout" | "start_period", string>>;
  environment: Record<string, string>;
  ports?: readonly string[];
  networks: readonly string[];
  command?: string;
  volumes: readonly (string | Mount)[];
}>;

describe("compose.yaml", () => {
  const caddyfile = readFileSync("docs/deployment/Caddyfile", "utf8");
  const { services, networks } = parse(readFileSync("compose.yaml", "utf8"), { merge: true }) as {
    services: Record<"proxy" | "web" | "worker" | "redis", Service>;
    networks: Record<string, { internal?: boolean } | null>;
  };

  it("every service has a root that is read-only, gains no rights, and has no capabilities but what it needs", () => {
    for (const [name, service] of Object.entries(services))
      expect([name, service.read_only, service.cap_drop, service.security_opt]).toEqual([
        name,
        true,
        ["ALL"],
        ["no-new-privileges:true"],
      ]);
  });
  it("names every image with its registry, for Podman asks none by itself, and a version", () => {
    const others = Object.values(services).filter(({ image }) => image !== "faseport");
    expect([...others.map(({ image }) => image), ...all("FROM")]).toHaveLength(4);
    for (const it of [...others.map(({ image }) => image), ...all("FROM")])
      expect(it).toMatch(/^docker\.io\/[a-z]+\/[a-z]+:\d\S*( AS \w+)?$/u);
  });
  it("no log fills the disk", () => {
    for (const { logging } of Object.values(services)) expect(Object.keys(logging.options)).toContain("max-size");
  });
  it("says the image's health check again, which not every form of image carries", () => {
    const { test = "", ...times } = services.web.healthcheck ?? {};
    const flags = Object.entries(times).map(([name, value]) => `--${name.replace("_", "-")}=${value}`);
    const said = all("HEALTHCHECK", last)[0]?.split(" CMD ");
    expect([said?.[0], JSON.parse(said?.[1] ?? "")]).toEqual([flags.join(" "), test.split(" ")]);
    expect(services.worker.healthcheck).toEqual(services.web.healthcheck);
  });
  it("Redis keeps what it is given, has a password, and cannot be reached from outside", () => {
    const { command = "", networks: on, ports } = services.redis;
    for (const setting of ["--appendonly yes", "--maxmemory-policy noeviction", "--requirepass $"])
      expect(command).toContain(setting);
    expect([on, ports, networks.back?.internal]).toEqual([["back"], undefined, true]);
    // Without -e the program ends with 0 also when Redis answers «wrong password».
    expect(services.redis.healthcheck?.test).toContain(" -e ");
  });
  it("only the proxy is open, and it passes on neither the metrics nor the health", () => {
    const open = Object.entries(services).filter(([, { ports }]) => ports);
    expect(open.map(([name]) => name)).toEqual(["proxy"]);
    expect(/^\t@open path (.*)$/mu.exec(caddyfile)?.[1]).toBe("/webhooks/* /cards/* /admin/*");
    expect(caddyfile.match(/reverse_proxy/gu)).toHaveLength(1);
  });
  it("an event that one door did not take, or broke off, is given to the other while GitHub still waits", () => {
    const said = (name: string) => new RegExp(`^\\s*${name} (.+)$`, "mu").exec(caddyfile)?.[1];
    const [fail = 0, patience = 0] = ["fail_duration", "lb_try_duration"].map((name) =>
      Number.parseInt(said(name) ?? "", 10),
    );
    expect(fail * 2).toBeLessThan(patience);
    expect(patience).toBeLessThan(10);
    // Sent again, a body must still be there, and as a POST it is not sent again unless this says so.
    expect(said("request_buffers")).toBe(said("max_size"));
    expect(caddyfile).toMatch(/lb_retry_match \{\s*method GET POST\s*\}/u);
  });
  it("web and worker are settings that the service understands", () => {
    for (const name of ["web", "worker"] as const) {
      const filled = Object.entries(services[name].environment).map(([key, value]) => [
        key,
        String(value).replace(/\$\{[^}]*\}/u, "abc"),
      ]);
      const settings = parseSettings({ ...required, ...Object.fromEntries(filled) });
      expect([settings.role, settings.web.port, settings.redisUrl]).toEqual([name, 3000, "redis://:abc@redis:6379"]);
    }
    expect(services.worker.environment).toMatchObject({ FASEPORT_WORKER_PORT: "3000" });
  });
  it("every file that is mounted is there, or is the municipality's own", () => {
    const volumes = Object.values(services).flatMap((service) => service.volumes);
    const files = volumes.filter((it) => typeof it === "string").filter((it) => it.startsWith("./"));
    expect(files.map((it) => it.split(":")[0] ?? "").filter((file) => !existsSync(file))).toEqual([]);
    const own = volumes.filter((it) => typeof it !== "string");
    expect(own.map(({ source, target }) => [source, target])).toEqual(
      [1, 2].map(() => ["./config/kommune.yaml", "/app/config/kommune.yaml"]),
    );
    // Else Docker makes a folder where the file is missing, and setup cannot write it any more.
    expect(own.filter((it) => !it.read_only || it.bind.create_host_path)).toEqual([]);
  });
});

const required = {
  NOTION_TOKEN: "a",
  NOTION_WEBHOOK_SECRET: "b",
  NOTION_PROJECTS: "00000000-0000-4000-8000-00000000aaaa",
  NOTION_DECISIONS: "00000000-0000-4000-8000-00000000bbbb",
  GITHUB_TOKEN: "c",
  GITHUB_WEBHOOK_SECRET: "d",
  GITHUB_REPO: "kommune/innovation",
};

type Thing = Readonly<{
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string };
  spec: never;
  data?: Record<string, string>;
}>;
type Probe = Readonly<{ httpGet: { path: string; port: string } }>;
type Deployment = Readonly<{
  replicas: number;
  selector: { matchLabels: Record<string, string> };
  strategy: { rollingUpdate: { maxUnavailable: number } };
  template: {
    metadata: { labels: Record<string, string> };
    spec: {
      enableServiceLinks: boolean;
      topologySpreadConstraints: readonly { labelSelector: unknown }[];
      terminationGracePeriodSeconds: number;
      automountServiceAccountToken: boolean;
      securityContext: { runAsNonRoot: boolean; runAsUser: number; seccompProfile: { type: string } };
      volumes: readonly { name: string; secret?: { defaultMode: number } }[];
      containers: readonly {
        image: string;
        env: readonly { name: string; value: string }[];
        ports: readonly { name: string; containerPort: number }[];
        startupProbe: Probe;
        livenessProbe: Probe;
        readinessProbe: Probe;
        resources: { limits: { memory: string } };
        securityContext: {
          allowPrivilegeEscalation: boolean;
          readOnlyRootFilesystem: boolean;
          capabilities: { drop: string[] };
        };
        volumeMounts: readonly { name: string; mountPath: string; readOnly?: boolean }[];
      }[];
    };
  };
}>;

describe("the Kubernetes example", () => {
  const documents = parseAllDocuments(readFileSync("docs/deployment/kubernetes.yaml", "utf8"));
  const things = documents.map((document) => document.toJS() as Thing);
  const of = <Spec>(kind: string) =>
    things.filter((it) => it.kind === kind).map((it) => ({ ...it, spec: it.spec as Spec }));
  const deployments = of<Deployment>("Deployment");
  const settings = things.find(({ kind }) => kind === "ConfigMap")?.data ?? {};

  it("is YAML without a mistake, of kinds in their present versions, all in one namespace", () => {
    expect(documents.flatMap(({ errors }) => errors)).toEqual([]);
    const versions = {
      Namespace: "v1",
      ConfigMap: "v1",
      Service: "v1",
      Deployment: "apps/v1",
      PodDisruptionBudget: "policy/v1",
      Ingress: "networking.k8s.io/v1",
    };
    expect(things.filter(({ kind, apiVersion }) => versions[kind as keyof typeof versions] !== apiVersion)).toEqual([]);
    expect(things.filter(({ kind, metadata }) => kind !== "Namespace" && metadata.namespace !== "faseport")).toEqual(
      [],
    );
  });
  it.each(["web", "worker"])("%s: cannot be root, change itself or gain rights, and is always there", (role) => {
    const spec = deployments.find(({ metadata }) => metadata.name === role)?.spec;
    const pod = spec?.template.spec;
    expect(spec?.selector.matchLabels).toEqual(spec?.template.metadata.labels);
    expect([spec?.replicas, spec?.strategy.rollingUpdate.maxUnavailable]).toEqual([2, 0]);
    expect(pod?.securityContext).toMatchObject({
      runAsNonRoot: true,
      runAsUser: Number(all("USER", last)[0]?.split(":")[0]),
      fsGroup: Number(all("USER", last)[0]?.split(":")[1]),
      seccompProfile: { type: "RuntimeDefault" },
    });
    expect([pod?.automountServiceAccountToken, (pod?.terminationGracePeriodSeconds ?? 0) > 10]).toEqual([false, true]);
    const container = pod?.containers[0];
    expect(container?.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    });
    expect(
      [container?.startupProbe, container?.livenessProbe, container?.readinessProbe].map((it) => it?.httpGet),
    ).toEqual(["/livez", "/livez", "/readyz"].map((path) => ({ path, port: container?.ports[0]?.name })));
    expect(container?.volumeMounts.map(({ name }) => name)).toEqual(pod?.volumes.map(({ name }) => name));
    expect(container?.volumeMounts.filter(({ mountPath, readOnly }) => !readOnly && mountPath !== "/tmp")).toEqual([]);
    expect(pod?.volumes.flatMap(({ secret }) => secret?.defaultMode ?? [])).toEqual([0o440]);
    expect(container?.env).toContainEqual({ name: "FASEPORT_ROLE", value: role });
    const budgets = of<{ minAvailable: number; selector: unknown }>("PodDisruptionBudget");
    expect(budgets.map(({ spec: it }) => it)).toContainEqual({
      minAvailable: 1,
      unhealthyPodEvictionPolicy: "AlwaysAllow",
      selector: spec?.selector,
    });
    expect(pod?.topologySpreadConstraints.map(({ labelSelector }) => labelSelector)).toEqual([spec?.selector]);
  });
  it.each(["web", "worker"])(
    "%s: listens where it is asked, also for its metrics, and nothing else sets its variables",
    (role) => {
      const pod = deployments.find(({ metadata }) => metadata.name === role)?.spec.template.spec;
      const container = pod?.containers[0];
      const given = Object.fromEntries(container?.env.map(({ name, value }) => [name, value]) ?? []);
      const { web } = parseSettings({ ...required, ...given });
      const port = role === "web" ? web.port : web.workerPort;
      expect(container?.ports.map(({ containerPort }) => containerPort)).toEqual([port]);
      expect(pod?.enableServiceLinks).toBe(false);
      const processes = of<{ selector: object; clusterIP: string; ports: readonly { port: number }[] }>("Service").find(
        ({ metadata }) => metadata.name === "processes",
      )?.spec;
      expect(deployments.map(({ spec }) => spec.template.metadata.labels)).toEqual([
        expect.objectContaining(processes?.selector),
        expect.objectContaining(processes?.selector),
      ]);
      expect([processes?.clusterIP, processes?.ports[0]?.port]).toEqual(["None", port]);
    },
  );
  it("names settings that there are, and secrets only as files", () => {
    const names = Object.keys(settings);
    const known = Object.keys(variables);
    expect(names.filter((name) => !known.includes(name.replace(/_FILE$/u, "")))).toEqual([]);
    const inTheOpen = Object.entries<{ secret: boolean }>(variables).filter(
      ([name, { secret }]) => secret && names.includes(name),
    );
    expect(inTheOpen).toEqual([]);
    const {
      NOTION_TOKEN_FILE: _a,
      NOTION_WEBHOOK_SECRET_FILE: _b,
      GITHUB_TOKEN_FILE: _c,
      GITHUB_WEBHOOK_SECRET_FILE: _d,
      REDIS_URL_FILE: _e,
      FASEPORT_ADMIN_TOKEN_FILE: _f,
      ...plain
    } = settings;
    expect(parseSettings({ ...required, ...plain }).web.drainMs).toBe(5_000);
  });
  it("passes on what the proxy of compose.yaml does", () => {
    const [ingress] = of<{ rules: readonly { http: { paths: readonly { path: string; backend: object }[] } }[] }>(
      "Ingress",
    );
    expect(ingress?.spec.rules[0]?.http.paths.map(({ path }) => path)).toEqual(["/webhooks", "/cards", "/admin"]);
  });
});
