// Runs the deck: keys, addresses, overview and the presenter's window. Works from a file and without a network.
(function () {
  'use strict'
  var deck = document.querySelector('main.deck')
  var slides = Array.prototype.slice.call(document.querySelectorAll('.slide'))
  if (!deck || slides.length === 0) return
  var root = document.documentElement
  var width = deck.dataset.ratio === '4:3' ? 960 : 1280
  var height = 720
  var current = 0
  var presenter = null
  var started = null
  var clock = null
  // Other windows that show this very deck follow it; from a file some browsers refuse the channel, the presenter's window does without.
  var channel = null
  try {
    channel = new BroadcastChannel('deck:' + location.pathname)
  } catch (error) {
    channel = null
  }

  function indexOfHash() {
    var id = decodeURIComponent(location.hash.slice(1))
    if (id === '') return -1
    return slides.findIndex(function (slide) {
      return slide.id === id || slide.querySelector('[id="' + CSS.escape(id) + '"]') !== null
    })
  }

  function hashOf(index) {
    return '#' + encodeURIComponent(slides[index].id)
  }

  function fit() {
    var overview = root.classList.contains('deck-overview')
    var scale = overview ? Math.min(300, window.innerWidth - 60) / width : Math.min(window.innerWidth / width, window.innerHeight / height)
    root.style.setProperty('--slide-width', width + 'px')
    root.style.setProperty('--scale', String(scale))
  }

  function mark() {
    slides.forEach(function (slide, index) {
      var here = index === current
      slide.classList.toggle('current', here)
      if (here || root.classList.contains('deck-overview')) slide.removeAttribute('aria-hidden')
      else slide.setAttribute('aria-hidden', 'true')
    })
  }

  function go(index, silent) {
    var next = Math.max(0, Math.min(slides.length - 1, index))
    current = next
    mark()
    if (location.hash !== hashOf(next)) history.replaceState(null, '', hashOf(next))
    if (root.classList.contains('deck-overview')) slides[next].scrollIntoView({ block: 'nearest' })
    if (channel && !silent) channel.postMessage({ slide: next })
    fillPresenter()
  }

  function toggleOverview(on) {
    root.classList.toggle('deck-overview', on)
    fit()
    mark()
    if (on) slides[current].scrollIntoView({ block: 'center' })
    else window.scrollTo(0, 0)
  }

  var keys = {
    ArrowRight: 1, ArrowDown: 1, PageDown: 1, ' ': 1, Enter: 1, ArrowLeft: -1, ArrowUp: -1, PageUp: -1, Backspace: -1
  }

  function onKey(event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return
    var overview = root.classList.contains('deck-overview')
    var target = event.target
    var onLink = target && target.closest && target.closest('a, button, summary')
    if (onLink && (event.key === 'Enter' || event.key === ' ')) return
    if (event.key === 'Home') go(0)
    else if (event.key === 'End') go(slides.length - 1)
    else if (event.key === 'o') toggleOverview(!overview)
    else if (event.key === 'p') openPresenter()
    else if (overview && (event.key === 'Escape' || event.key === 'Enter')) toggleOverview(false)
    else if (keys[event.key]) go(current + (event.key === ' ' && event.shiftKey ? -1 : keys[event.key]))
    else return
    event.preventDefault()
  }

  // The presenter's window: this slide's notes, the next slide, the time.
  var presenterStyle =
    'html{font:18px/1.5 "Source Serif 4",serif;background:#14181b;color:#e4e8ea}body{margin:0;padding:24px;display:grid;grid-template-columns:3fr 2fr;gap:24px}' +
    'header{grid-column:1/-1;display:flex;justify-content:space-between;font:600 20px "Source Sans 3",sans-serif;font-variant-numeric:tabular-nums}' +
    'h1,h2{font:600 18px "Source Sans 3",sans-serif;color:#a3aeb6;margin:0 0 8px}.words{background:#1d2a2e;padding:16px 20px}' +
    '#notes{font-size:22px;line-height:1.5}#notes p{margin:0 0 12px}.notes-label{display:none}a{color:#7fc4d0}img{max-width:100%;background:#fff}table{border-collapse:collapse}td,th{padding:2px 12px 2px 0;text-align:left}'

  function openPresenter() {
    if (presenter && !presenter.closed) return presenter.focus()
    presenter = window.open('', 'presenter', 'width=1000,height=700')
    if (!presenter) return
    var page = presenter.document
    page.title = document.title
    page.documentElement.lang = root.lang
    page.head.innerHTML = ''
    var style = page.createElement('style')
    style.textContent = presenterStyle
    page.head.appendChild(style)
    page.body.innerHTML =
      '<header><span id="place"></span><span id="clock"></span></header><main><h1 id="title"></h1><div id="notes"></div></main><aside><h2 id="next-label"></h2><div id="next" class="words"></div></aside>'
    page.addEventListener('keydown', onKey)
    if (started === null) started = Date.now()
    if (clock === null) clock = setInterval(tick, 500)
    fillPresenter()
    tick()
  }

  function two(number) {
    return (number < 10 ? '0' : '') + number
  }

  function tick() {
    if (!presenter || presenter.closed) {
      clearInterval(clock)
      clock = null
      return
    }
    var seconds = Math.floor((Date.now() - started) / 1000)
    var now = new Date()
    var gone = two(Math.floor(seconds / 60)) + ':' + two(seconds % 60)
    presenter.document.getElementById('clock').textContent = gone + ' \u00b7 ' + two(now.getHours()) + ':' + two(now.getMinutes())
  }

  function copyInto(box, element) {
    box.textContent = ''
    if (!element) return
    var copy = box.ownerDocument.importNode(element, true)
    copy.querySelectorAll('[id]').forEach(function (node) {
      node.removeAttribute('id')
    })
    while (copy.firstChild) box.appendChild(copy.firstChild)
  }

  function fillPresenter() {
    if (!presenter || presenter.closed) return
    var page = presenter.document
    var next = slides[current + 1]
    var heading = slides[current].querySelector('h1, h2')
    page.getElementById('place').textContent = current + 1 + ' / ' + slides.length
    page.getElementById('title').textContent = heading ? heading.textContent : ''
    page.getElementById('next-label').textContent = next ? deck.dataset.next : deck.dataset.end
    copyInto(page.getElementById('notes'), slides[current].querySelector('.notes'))
    copyInto(page.getElementById('next'), next ? next.querySelector('.slide-content') : null)
  }

  // On a narrow screen held upright a column reads better than a small slide.
  if (window.matchMedia('(max-width: 40rem) and (orientation: portrait)').matches) return
  root.classList.add('deck-running')
  fit()
  window.addEventListener('resize', fit)
  document.addEventListener('keydown', onKey)
  window.addEventListener('hashchange', function () {
    var index = indexOfHash()
    if (index >= 0) go(index)
  })
  deck.addEventListener('click', function (event) {
    if (event.target.closest('a')) return
    var slide = event.target.closest('.slide')
    if (root.classList.contains('deck-overview') && slide) {
      go(slides.indexOf(slide))
      toggleOverview(false)
    }
  })
  var touch = null
  document.addEventListener('touchstart', function (event) {
    touch = event.touches.length === 1 ? event.touches[0].clientX : null
  }, { passive: true })
  document.addEventListener('touchend', function (event) {
    if (touch === null) return
    var moved = event.changedTouches[0].clientX - touch
    if (Math.abs(moved) > 50) go(current + (moved < 0 ? 1 : -1))
    touch = null
  })
  if (channel) {
    channel.onmessage = function (event) {
      if (event.data && typeof event.data.slide === 'number' && event.data.slide !== current) go(event.data.slide, true)
    }
  }
  window.addEventListener('beforeprint', function () {
    root.classList.remove('deck-running', 'deck-overview')
  })
  window.addEventListener('afterprint', function () {
    root.classList.add('deck-running')
    fit()
  })
  go(Math.max(0, indexOfHash()), true)
})()
