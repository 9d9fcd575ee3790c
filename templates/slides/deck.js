// Runs the deck: keys, touch, addresses, overview, help and the presenter's window. Works from a file and without a network.
(function () {
  'use strict'
  const deck = document.querySelector('main.deck')
  const slides = Array.from(document.querySelectorAll('.slide'))
  if (!deck || slides.length === 0) return
  const root = document.documentElement
  const words = JSON.parse(deck.dataset.words)
  const width = deck.dataset.ratio === '4:3' ? 960 : 1280
  const height = 720
  const forward = root.dir === 'rtl' ? -1 : 1
  const running = () => root.classList.contains('deck-running')
  const inOverview = () => root.classList.contains('deck-overview')
  let current = 0
  // Items of incremental lists that are shown on the current slide.
  let step = 0

  // Other windows that show this very deck follow it; some browsers refuse the channel to files, and the presenter's window does without.
  let channel = null
  try {
    channel = new BroadcastChannel(`deck:${location.pathname}`)
  } catch {
    channel = null
  }

  const status = document.createElement('p')
  status.className = 'deck-status'
  status.setAttribute('role', 'status')
  document.body.append(status)

  const stepsOf = (slide) => Array.from(slide.querySelectorAll('.slide-content .incremental > li'))
  const titleOf = (slide) => slide.querySelector('h1, h2')?.textContent.trim() ?? ''
  const hashOf = (index) => `#${encodeURIComponent(slides[index].id)}`

  /** Slides are told by their ids, and places in them by the slides around them. */
  function indexOfHash() {
    const id = decodeURIComponent(location.hash.slice(1))
    if (id === '') return -1
    return slides.findIndex((slide) => slide.id === id || slide.querySelector(`[id="${CSS.escape(id)}"]`) !== null)
  }

  function fit() {
    const scale = inOverview()
      ? Math.min(300, window.innerWidth - 60) / width
      : Math.min(window.innerWidth / width, window.innerHeight / height)
    root.style.setProperty('--slide-width', `${width}px`)
    root.style.setProperty('--scale', String(scale))
  }

  function markSteps(slide, shown) {
    stepsOf(slide).forEach((item, index) => {
      item.classList.toggle('waiting', running() && !inOverview() && index >= shown)
    })
  }

  function mark() {
    slides.forEach((slide, index) => {
      const here = index === current
      slide.classList.toggle('current', here)
      if (here || inOverview()) slide.removeAttribute('aria-hidden')
      else slide.setAttribute('aria-hidden', 'true')
      if (here) slide.setAttribute('tabindex', inOverview() ? '0' : '-1')
      else slide.removeAttribute('tabindex')
      markSteps(slide, here ? step : 0)
    })
  }

  function announce() {
    status.textContent = `${words.slide} ${current + 1} / ${slides.length}: ${titleOf(slides[current])}`
  }

  /** Shows a slide. `shown` is how many items of its incremental lists; `quiet` where another window or the address asked for it. */
  function show(index, { shown = 0, quiet = false } = {}) {
    const before = slides[current]
    const hadFocus = before.contains(document.activeElement)
    const next = Math.max(0, Math.min(slides.length - 1, index))
    const moved = next !== current
    current = next
    step = Math.min(shown, stepsOf(slides[next]).length)
    mark()
    if (moved) announce()
    if (hadFocus && moved) slides[next].focus({ preventScroll: !inOverview() })
    if (inOverview()) slides[next].scrollIntoView({ block: 'nearest' })
    if (!quiet) {
      if (location.hash !== hashOf(next)) location.hash = hashOf(next)
      channel?.postMessage({ slide: next, shown: step })
    }
    fillPresenter()
  }

  function advance() {
    const steps = stepsOf(slides[current])
    if (step < steps.length && !inOverview()) {
      show(current, { shown: step + 1 })
      status.textContent = steps[step - 1].textContent.trim()
    } else if (current < slides.length - 1) show(current + 1)
  }

  function retreat() {
    if (step > 0 && !inOverview()) show(current, { shown: step - 1 })
    else if (current > 0) show(current - 1, { shown: stepsOf(slides[current - 1]).length })
  }

  function toggleOverview(on) {
    root.classList.toggle('deck-overview', on)
    fit()
    mark()
    if (on) {
      slides[current].scrollIntoView({ block: 'center' })
      slides[current].focus({ preventScroll: true })
      status.textContent = words.overview
    } else {
      window.scrollTo(0, 0)
      announce()
    }
  }

  function slidesInRow() {
    const { top } = slides[0].getBoundingClientRect()
    return Math.max(1, slides.filter((slide) => slide.getBoundingClientRect().top === top).length)
  }

  function toggleFullScreen() {
    if (document.fullscreenElement) document.exitFullscreen()
    else root.requestFullscreen?.().catch(() => {
      status.textContent = words.noFullScreen
    })
  }

  // A sheet that lists the keys.
  const help = document.createElement('dialog')
  help.className = 'deck-help'
  help.setAttribute('aria-labelledby', 'deck-help-title')
  const heading = document.createElement('h2')
  heading.id = 'deck-help-title'
  heading.textContent = words.keys
  const list = document.createElement('dl')
  for (const [keys, meaning] of [
    ['\u2192  \u2193  Space  PgDn', words.next],
    ['\u2190  \u2191  PgUp', words.previous],
    ['Home  End', words.ends],
    ['O', words.overview],
    ['P', words.presenter],
    ['F', words.fullScreen],
    ['N', words.printNotes],
    ['?', words.keys],
  ]) {
    const term = document.createElement('dt')
    term.textContent = keys
    const definition = document.createElement('dd')
    definition.textContent = meaning
    list.append(term, definition)
  }
  const shut = document.createElement('button')
  shut.type = 'button'
  shut.textContent = words.close
  shut.addEventListener('click', () => help.close())
  help.append(heading, list, shut)

  // What those without a keyboard press.
  const controls = document.createElement('nav')
  controls.className = 'deck-control'
  controls.setAttribute('aria-label', words.controls)
  for (const [sign, label, act] of [
    [forward === 1 ? '\u2039' : '\u203a', words.previous, retreat],
    [forward === 1 ? '\u203a' : '\u2039', words.next, advance],
    ['\u25a6', words.overview, () => toggleOverview(!inOverview())],
    ['?', words.keys, () => help.showModal()],
  ]) {
    const button = document.createElement('button')
    button.type = 'button'
    button.textContent = sign
    button.setAttribute('aria-label', label)
    button.addEventListener('click', act)
    controls.append(button)
  }

  const actions = {
    Home: () => show(0),
    End: () => show(slides.length - 1),
    PageDown: advance,
    PageUp: retreat,
    Enter: advance,
    Backspace: retreat,
    ArrowRight: () => (forward === 1 ? advance() : retreat()),
    ArrowLeft: () => (forward === 1 ? retreat() : advance()),
    ArrowDown: () => (inOverview() ? show(Math.min(slides.length - 1, current + slidesInRow())) : advance()),
    ArrowUp: () => (inOverview() ? show(Math.max(0, current - slidesInRow())) : retreat()),
    o: () => toggleOverview(!inOverview()),
    p: openPresenter,
    f: toggleFullScreen,
    n: printNotes,
    '?': () => help.showModal(),
  }

  function actionFor(event) {
    if (event.key === ' ') return event.shiftKey ? retreat : advance
    if (inOverview() && (event.key === 'Escape' || event.key === 'Enter')) return () => toggleOverview(false)
    return actions[event.key.length === 1 ? event.key.toLowerCase() : event.key]
  }

  function onKey(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || help.open || !running()) return
    const onControl = event.target?.closest?.('a, button, summary')
    if (onControl && (event.key === 'Enter' || event.key === ' ')) return
    const action = actionFor(event)
    if (!action) return
    event.preventDefault()
    action()
  }

  // The presenter's window: this slide, the next one, the notes, the time.
  let presenter = null
  let started = null
  let clock = null

  function openPresenter() {
    if (presenter && !presenter.closed) return presenter.focus()
    presenter = window.open('', 'presenter', 'width=1100,height=760')
    if (!presenter) {
      status.textContent = words.noWindow
      return
    }
    const page = presenter.document
    page.open()
    page.write('<!doctype html><html><head></head><body></body></html>')
    page.close()
    page.title = `${words.presenter}: ${document.title}`
    page.documentElement.lang = root.lang
    page.documentElement.dir = root.dir
    page.documentElement.className = 'deck-presenter'
    page.head.replaceChildren(...Array.from(document.querySelectorAll('style'), (style) => page.importNode(style, true)))
    page.body.innerHTML =
      '<header><span id="place"></span><button type="button" id="elapsed"></button><span id="time"></span></header>' +
      '<main><div class="frame" id="now"></div><section class="frame-side"><h2 id="next-label"></h2><div class="frame" id="next"></div></section>' +
      '<section class="frame-notes"><h2 id="notes-label"></h2><div id="notes" tabindex="0"></div></section></main>'
    page.getElementById('notes-label').textContent = words.notes
    page.getElementById('elapsed').setAttribute('aria-label', words.restart)
    page.getElementById('elapsed').addEventListener('click', () => {
      started = Date.now()
      tick()
    })
    page.addEventListener('keydown', onKey)
    presenter.addEventListener('resize', fillPresenter)
    if (started === null) started = Date.now()
    if (clock === null) clock = setInterval(tick, 500)
    fillPresenter()
    tick()
  }

  const two = (number) => String(number).padStart(2, '0')

  function tick() {
    if (!presenter || presenter.closed) {
      clearInterval(clock)
      clock = null
      return
    }
    const seconds = Math.floor((Date.now() - started) / 1000)
    const now = new Date()
    presenter.document.getElementById('elapsed').textContent = `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`
    presenter.document.getElementById('time').textContent = `${two(now.getHours())}:${two(now.getMinutes())}`
  }

  function copyOf(element, page) {
    const copy = page.importNode(element, true)
    for (const node of [copy, ...copy.querySelectorAll('[id]')]) node.removeAttribute('id')
    return copy
  }

  function draw(frame, slide) {
    frame.replaceChildren()
    if (!slide) return
    const copy = copyOf(slide, frame.ownerDocument)
    copy.classList.add('current')
    copy.removeAttribute('aria-hidden')
    frame.append(copy)
    frame.style.setProperty('--slide-width', `${width}px`)
    frame.style.setProperty('--scale', String(frame.clientWidth / width))
    frame.style.aspectRatio = `${width} / ${height}`
  }

  function fillPresenter() {
    if (!presenter || presenter.closed) return
    const page = presenter.document
    const next = slides[current + 1]
    page.getElementById('place').textContent = `${current + 1} / ${slides.length}`
    page.getElementById('next-label').textContent = next ? words.next : words.end
    draw(page.getElementById('now'), slides[current])
    draw(page.getElementById('next'), next)
    const notes = slides[current].querySelector('.notes')
    page.getElementById('notes').replaceChildren(...(notes ? Array.from(copyOf(notes, page).childNodes) : []))
  }

  // Printing: one slide to a page; with the notes of each on a page after it where these were asked for.
  function printNotes() {
    root.classList.add('print-notes')
    window.print()
  }
  window.addEventListener('beforeprint', () => {
    root.classList.remove('deck-running', 'deck-overview')
    mark()
  })
  window.addEventListener('afterprint', () => {
    root.classList.remove('print-notes')
    start()
  })

  let touch = null
  document.addEventListener('touchstart', (event) => {
    const [first] = event.touches
    touch = event.touches.length === 1 ? { x: first.clientX, y: first.clientY } : null
  }, { passive: true })
  document.addEventListener('touchend', (event) => {
    if (touch === null || !running() || inOverview() || (window.visualViewport?.scale ?? 1) > 1.05) return
    const x = event.changedTouches[0].clientX - touch.x
    const y = event.changedTouches[0].clientY - touch.y
    if (Math.abs(x) > 40 && Math.abs(x) > 1.5 * Math.abs(y)) {
      if (x * forward < 0) advance()
      else retreat()
    }
    touch = null
  })

  // On a narrow screen held upright a column reads better than a small slide.
  const upright = window.matchMedia('(max-width: 40rem) and (orientation: portrait)')

  function start() {
    root.classList.toggle('deck-running', !upright.matches)
    if (upright.matches) {
      root.classList.remove('deck-overview')
      for (const slide of slides) {
        slide.removeAttribute('aria-hidden')
        markSteps(slide, 0)
      }
      return
    }
    fit()
    mark()
  }

  document.body.append(controls, help)
  window.addEventListener('resize', () => {
    if (running()) fit()
  })
  upright.addEventListener('change', start)
  document.addEventListener('keydown', onKey)
  window.addEventListener('hashchange', () => {
    const index = indexOfHash()
    if (index < 0 || !running()) return
    if (index !== current) {
      show(index, { quiet: true })
      channel?.postMessage({ slide: index, shown: step })
      if (document.activeElement === document.body) slides[index].focus({ preventScroll: true })
    }
    window.scrollTo(0, 0)
  })
  deck.addEventListener('click', (event) => {
    const slide = event.target.closest('.slide')
    if (!inOverview() || !slide || event.target.closest('a')) return
    show(slides.indexOf(slide))
    toggleOverview(false)
  })
  if (channel) {
    channel.onmessage = (event) => {
      if (typeof event.data?.slide === 'number' && (event.data.slide !== current || event.data.shown !== step))
        show(event.data.slide, { shown: event.data.shown, quiet: true })
    }
  }
  current = Math.max(0, indexOfHash())
  start()
  // The column is as long as its faces make it, so that a place in it is known when these are there.
  if (!running() && location.hash !== '') document.fonts.ready.then(() => slides[current].scrollIntoView())
})()
