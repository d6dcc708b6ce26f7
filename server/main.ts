// The central API. A table of contents: each line is a step, each step a module.
import { join } from 'node:path';
import { buildApp } from './api/app.ts';
import { isDemoOffered } from './api/demo-door.ts';
import { listen } from './api/listen.ts';
import { describeError } from './process/describe-error.ts';
import { makeChannels } from './channels/channels.ts';
import { Partners, type PartnersDeps } from './partners/partners.ts';
import { runWebhooks } from './partners/runner.ts';
import { runChannels } from './channels/run-channels.ts';
import { announceStart } from './announce.ts';
import { channelKey } from './channels/pages/secrets.ts';
import { seedFirstStart } from './demo/first-start.ts';
import { JOBS } from './jobs/jobs.ts';
import { Scheduler } from './jobs/scheduler.ts';
import { Mailer } from './mail/mailer.ts';
import { databaseSource, parseServerOptions, projectPath } from './options.ts';
import { logFile } from './process/log-file.ts';
import { openUrl } from './process/open-url.ts';
import { runCommand, say } from './process/run-command.ts';
import { onShutdown } from './process/shutdown.ts';
import { takeInstanceLock } from './process/instance-lock.ts';
import { PresenceLine } from './presence/presence-line.ts';
import { SecondFactor } from '#server/second-factor/second-factor.ts';
import { SignIn } from './sign-in/sign-in.ts';
import { findEscapes } from './store/cage.ts';
import { connect } from './store/database.ts';
import { migrate } from './store/migrate.ts';
import { openDatabase } from './store/open-database.ts';
import { watchHeads } from './sync/seen-heads.ts';

/**
 * The parts that keep secrets by the installation's key, most of which call addresses that came from outside;
 * and what API processes tell each other at `url` of who is where.
 */
const speakers = (deps: PartnersDeps, url: string) => ({
  partners: new Partners(deps),
  mailer: new Mailer(deps),
  signIn: new SignIn(deps),
  secondFactor: new SecondFactor(deps),
  presence: new PresenceLine(url, deps.db),
});

await runCommand(async () => {
  const options = parseServerOptions(process.argv.slice(2), process.env);
  const lock = options.databaseUrl === null ? takeInstanceLock(options.dataDir) : null;
  say(lock === null ? 'Starting Pult on DATABASE_URL' : `Starting Pult on ${options.dataDir}`);
  const database = await openDatabase(databaseSource(options, say));
  await migrate(database.ownerUrl, say);
  for (const escape of await findEscapes(database.ownerUrl)) say(escape);
  await seedFirstStart(database, options.dataDir, Date.now(), say, options.demoMonths);

  const db = connect(database.apiUrl);
  const key = channelKey(process.env.CHANNEL_KEY || null, join(options.dataDir, 'channel.key'));
  const channels = makeChannels({ db, now: Date.now, key, publicUrl: options.publicUrl });
  const spoken = speakers({ db, now: Date.now, key, allowed: options.allowedNetworks }, database.apiUrl);
  const counted = { removedEvents: channels.inbox.removedEvents, feedAlarms: { count: 0 } };
  const { pages } = channels;
  const work = { ...spoken, db, now: Date.now, pages, ...counted, eventDays: options.channelEventDays };
  const scheduler = new Scheduler(database.apiUrl, work, JOBS);
  const api = await buildApp({
    ...options,
    ...work,
    channels,
    scheduler,
    isDemoOffered: isDemoOffered(options),
    consoleDir: options.isConsoleServed ? projectPath('dist/renderer') : null,
    log: logFile(lock === null ? null : join(options.dataDir, 'api.log')),
  });
  const log = (error: unknown, message: string) => api.log.warn({ error: describeError(error) }, message);
  await scheduler.start(log);
  const connections = runChannels(channels, (error) => log(error, 'channels'));
  const webhooks = runWebhooks(spoken.partners, (error) => log(error, 'webhooks'));
  const heads = watchHeads(work, join(options.dataDir, 'heads.json'), log);
  onShutdown(async () => {
    await api.close();
    await Promise.all([scheduler, connections, webhooks, heads].map((running) => running.stop()));
    await db.destroy();
    lock?.release();
  });
  const url = await listen(api, options, say);
  announceStart(url, options, say);
  if (options.isBrowserOpened) openUrl(url);
});
